import * as assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { EventsLostError, isEvent, NotReadyError } from "operation-center/node";

import { connected, limit, memoryService } from "./support/service.js";
import { draft, wedding } from "./support/wedding.js";

const options = { timeout: limit };

test("a campaign is followed to its end, as the history has it", options, async (context) => {
  const client = await connected(context, memoryService("--clock-rate", "100000"));
  const made = await wedding(client, 30);
  const campaign = await draft(client, made, "All");
  const stream = client.follow({ campaign_id: campaign });
  await client.campaigns.start({ campaign_id: campaign });
  const told: number[] = [];
  const ways = new Map<string, string>();
  for await (const event of stream) {
    told.push(event.sequence);
    if (isEvent(event, "execution_entered_node")) {
      ways.set(event.execution_id ?? "", event.data.node_id);
    }
    if (isEvent(event, "campaign_status_changed") && event.data.to === "completed") break;
  }
  assert.equal(ways.size, 30);
  const { sequence } = await client.campaigns.start({ campaign_id: campaign })
    .then(() => ({ sequence: 0 }), () => ({ sequence: stream.sequence ?? 0 }));
  const listed: number[] = [];
  const filter = { campaign_id: campaign, after_sequence: (told[0] ?? 1) - 1 };
  for await (const event of client.events.list(filter)) {
    if (event.sequence <= sequence) listed.push(event.sequence);
  }
  assert.deepEqual(told, listed);
});

test("the numbers of a campaign come as they change", options, async (context) => {
  const client = await connected(context, memoryService("--clock-rate", "100000"));
  const made = await wedding(client, 10);
  const campaign = await draft(client, made, "All");
  const stream = client.followStatistics(campaign, { every: "100ms" });
  await client.campaigns.start({ campaign_id: campaign });
  for await (const { status, audience } of stream) {
    if (status === "completed" && audience === 10) break;
  }
});

test("what is no longer kept is told: what was before an erasure", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 2);
  await client.guests.erase({ guest_id: "gst_1" });
  await assert.rejects(client.follow({ after_sequence: 0 }).next(), (error: EventsLostError) => {
    assert.ok(error instanceof EventsLostError);
    assert.equal(error.reason, "gone");
    return error.resumeAfter > 0;
  });
  const stream = client.follow({ after_sequence: 0 }, { gaps: "tell" });
  const { value: gap } = await stream.next();
  assert.ok(gap && isEvent(gap, "lagged"));
  assert.equal(gap.data.resume_after, gap.sequence);
  await client.guests.create({ project_id: made.project, name: "Tara", phone: "0812399900001" });
  for await (const event of stream) if (event.kind === "guest_created") break;
});

test("a forecast is given up by a signal", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 400);
  const campaign = await draft(client, made, "All");
  const control = new AbortController();
  const forecast = client.campaigns.forecast({ campaign_id: campaign }, { signal: control.signal });
  const reason = new Error("never mind");
  control.abort(reason);
  await assert.rejects(forecast, (error: Error) => error === reason);
  assert.deepEqual(await client.system.ping(), { pong: true });
});

test("refusals of the service have their class and their data", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 1);
  const campaign = await draft(client, made, "All");
  await client.campaigns.start({ campaign_id: campaign });
  await assert.rejects(client.campaigns.start({ campaign_id: campaign }), {
    name: "InvalidStateError", code: 1002, kind: "invalid_state", method: "campaign.start",
  });
  await assert.rejects(
    client.webhooks.receive({
      account: "1", signature: `sha256=${"0".repeat(64)}`, body: "e30K",
    }),
    (error: Error) => error instanceof NotReadyError || error.name === "UnauthenticatedError");
  await assert.rejects(
    client.guests.list({ project_id: made.project, limit: 0 }), {
      name: "InvalidParamsError",
      data: { kind: "invalid_params", path: "params.limit", reason: "out_of_range" },
    });
});

test("a key that was used gives the first answer again", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 0);
  const params = {
    project_id: made.project, name: "Tara", phone: "0812399900001", idempotency_key: "once",
  } as const;
  const [one, two] = [await client.guests.create(params), await client.guests.create(params)];
  assert.equal(one.id, two.id);
  await assert.rejects(
    client.guests.create({ ...params, name: "Other" }), { name: "ConflictError" });
});

test("a chatflow comes back as it was sent", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 0);
  const text = readFileSync("tests/samples/chatflow.json", "utf8");
  const sample = JSON.parse(text) as Parameters<typeof client.chatflows.create>[0];
  const { id } = await client.chatflows.create({
    ...sample, project_id: made.project, name: "Sent",
  });
  const chatflow = await client.chatflows.get({ chatflow_id: id });
  assert.deepEqual(chatflow.nodes.map((node) => node["width"]), [180, undefined, undefined]);
  const copy = await client.chatflows.create({
    project_id: made.project, name: "Copied", nodes: chatflow.nodes, edges: chatflow.edges,
  });
  const again = await client.chatflows.get({ chatflow_id: copy.id });
  assert.deepEqual([again.nodes, again.edges], [chatflow.nodes, chatflow.edges]);
});
