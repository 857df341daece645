import * as assert from "node:assert/strict";
import { test } from "node:test";

import { RefusedError } from "operation-center";
import type { Client } from "operation-center";
import { Stores } from "operation-center/stores";
import type { Store } from "operation-center/stores";

import { connectFake, FakeService } from "./support/fake_service.js";
import { readInstances } from "./support/instances.js";
import { limit } from "./support/service.js";

type Values = Record<string, unknown>;

const options = { timeout: limit };
const { told, all } = readInstances();
const newer = all.filter((each) => each.newer === true);

/** An answer of each method, with members, words and kinds that this client does not know. */
const results = new Map<string, Values>();
for (const each of newer.filter(({ place }) => place === "result")) {
  const value = each.value as Values;
  results.set(each.of, "next_cursor" in value ? { ...value, next_cursor: null } : value);
}

const events = newer.filter(({ place, of }) => place === "event" && of !== "lagged")
  .map(({ value }, index) =>
    ({ ...(value as Values), subscription_id: "sub_1", sequence: index + 1 }) as Values);
const statistics = newer.filter(({ place }) => place === "notification")
  .map(({ value }) => (value as Values)["statistics"]);

/** A service that is newer than this client in all that it says. */
function newerService(): FakeService {
  return new FakeService((request, peer) => {
    const { method } = request;
    if (method === "events.subscribe") {
      peer.result(request, { ...results.get(method), subscription_id: "sub_1", sequence: 0 });
      for (const event of events) peer.notify("events.event", event);
      peer.notify("events.a_new_one", { "a new member": 1 });
    } else if (method === "stats.subscribe") {
      peer.result(request, { ...results.get(method), subscription_id: "sub_2" });
      for (const each of statistics) {
        peer.notify("stats.changed", { subscription_id: "sub_2", statistics: each });
      }
    } else if (method === "campaign.start") {
      peer.refuse(request, 1999, "No.", { kind: "a_new_word", why: { more: [1, null] } });
    } else {
      peer.result(request, results.get(method) ?? {});
    }
  });
}

/** The first value of a store that is so. */
function until<Value>(store: Store<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const { value, error } = store.getSnapshot();
      if (error) reject(error);
      if (value === undefined || !isSo(value)) return;
      leave();
      resolve(value);
    };
    const leave = store.subscribe(look);
    look();
  });
}

test("stores keep what is new", options, async (context) => {
  context.diagnostic(told);
  const client = await connectFake(newerService());
  const stores = new Stores(client, { pace: 1 });
  const campaigns = await until(stores.campaigns({ project_id: "prj_1" }), () => true);
  assert.deepEqual(campaigns, results.get("campaign.list")?.["items"]);
  const live = await until(stores.campaign("cmp_1"), () => true);
  assert.deepEqual(live.campaign, results.get("campaign.get"));
  assert.deepEqual(live.statistics, results.get("stats.campaign"));
  const executions = await until(stores.executions({ campaign_id: "cmp_1" }), () => true);
  assert.deepEqual(executions.items, results.get("execution.list")?.["items"]);
  await client.close();
});

async function refusal(client: Client): Promise<RefusedError> {
  try {
    await client.campaigns.start({ campaign_id: "cmp_1" });
  } catch (error) {
    assert.ok(error instanceof RefusedError);
    return error;
  }
  throw new Error("it was taken");
}

test("lists, batches and refusals keep what is new", options, async () => {
  const client = await connectFake(newerService());
  const guests = await client.guests.list({ project_id: "prj_1" }).all();
  assert.deepEqual(guests, results.get("guest.list")?.["items"]);
  const [campaign, refused] = await client.batch((calls) => [
    calls.campaigns.get({ campaign_id: "cmp_1" }),
    calls.campaigns.start({ campaign_id: "cmp_1" }),
  ]);
  assert.deepEqual(campaign, { status: "fulfilled", value: results.get("campaign.get") });
  assert.equal(refused.status, "rejected");
  const error = await refusal(client);
  assert.equal(error.constructor, RefusedError);
  assert.deepEqual(error.data, { kind: "a_new_word", why: { more: [1, null] } });
  assert.deepEqual(
    await client.requestUntyped("guest.dance", { steps: 3 }), {});
  await client.close();
});

test("events of a newer service come in order, with all that they have", options, async () => {
  const client = await connectFake(newerService());
  const heard: string[] = [];
  client.onNotification((name) => heard.push(name));
  const stream = client.follow({ after_sequence: 0 });
  for (const event of events) {
    assert.deepEqual({ ...(await stream.next()).value, subscription_id: "sub_1" }, event);
  }
  assert.ok(events.some((event) => event["kind"] === "a_new_word"));
  assert.ok((heard as readonly string[]).includes("events.a_new_one"));
  await client.close();
});

test("what came goes back as it came", options, async () => {
  const service = newerService();
  const client = await connectFake(service);
  const { nodes, edges } = await client.chatflows.get({ chatflow_id: "flw_1" });
  assert.ok(nodes.length > 0);
  await client.chatflows.validate({ project_id: "prj_1", nodes, edges });
  const sent = service.received.at(-1)?.params;
  const answered = results.get("chatflow.get");
  assert.deepEqual([sent?.["nodes"], sent?.["edges"]], [answered?.["nodes"], answered?.["edges"]]);
  await client.close();
});
