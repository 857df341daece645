import * as assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import {
  childProcess,
  connect,
  ConnectError,
  ConnectionLostError,
  ForbiddenError,
  tcp,
  UnauthenticatedError,
  webSocket,
} from "operation-center/node";
import type { Client } from "operation-center/node";

import { openBridge, TestWebSocket } from "./support/bridge.js";
import { connected, limit, memoryService, opcenter, TcpService } from "./support/service.js";
import { draft, wedding } from "./support/wedding.js";

const options = { timeout: limit };

test("a child process serves, and ends with its client", options, async (context) => {
  const logs: string[] = [];
  const client = await connected(context, childProcess({
    command: opcenter,
    arguments: ["serve", "--stdio", "--memory"],
    onLog: (text) => logs.push(text),
  }));
  assert.deepEqual(await client.system.ping(), { pong: true });
  assert.equal((await client.system.info()).persistent, false);
  await client.close();
});

test("a child process that dies ends what waits, with its last words", options, async (context) => {
  const script = "read line; echo it hurts >&2; exit 3";
  const transport = childProcess({ command: "sh", arguments: ["-c", script] });
  const client = await connected(context, transport);
  await assert.rejects(client.system.ping(), (error: ConnectionLostError) => {
    assert.ok(error instanceof ConnectionLostError);
    assert.match(error.message, /ended with code 3: it hurts/);
    return true;
  });
  await client.close();
});

test("a program that is not there is told of", options, async () => {
  await assert.rejects(
    connect(childProcess({ command: "/nowhere/opcenter" })),
    (error: Error) => error instanceof ConnectError && error.message.includes("ENOENT"));
});

test("over TCP the token opens what it is for", options, async (context) => {
  const service = new TcpService();
  context.after(() => service.remove());
  await service.start();
  const client = await connected(context, service.transport);
  assert.deepEqual(await client.system.ping(), { pong: true });
  await client.close();
  const place = { portFile: service.portFile };
  await assert.rejects(
    connect(tcp({ ...place, token: "wrong" })),
    (error: Error) => error instanceof UnauthenticatedError);
  const stranger = await connected(context, tcp(place));
  await assert.rejects(
    stranger.system.ping(), (error: Error) => error instanceof UnauthenticatedError);
  await stranger.close();
  await assert.rejects(
    connect(tcp({ port: service.port, tokenFile: join(service.folder, "none") })),
    (error: Error) => error instanceof ConnectError);
  await service.kill();
  await assert.rejects(connect(service.transport), (error: Error) => error instanceof ConnectError);
});

test("a token that may only look is refused the rest", options, async (context) => {
  const service = new TcpService();
  context.after(() => service.remove());
  await service.start();
  const { execFileSync } = await import("node:child_process");
  const data = join(service.folder, "data");
  const token = execFileSync(
    opcenter, ["token", "create", "looker", "--data", data, "--allow", "query"],
    { encoding: "utf8" }).trim();
  const client = await connected(context, tcp({ port: service.port, token }));
  await client.senders.list();
  await assert.rejects(client.system.shutdown(), (error: ForbiddenError) => {
    assert.ok(error instanceof ForbiddenError);
    return error.data["capability"] === "administer";
  });
  await client.close();
});

/** The same guests are created while the service is killed and started again. */
async function killedInTheMiddle(service: TcpService, client: Client): Promise<void> {
  const made = await wedding(client, 0);
  const stream = client.follow({ project_id: made.project, kinds: ["guest_created"] });
  await stream.ready;
  const created: string[] = [];
  const create = async (index: number): Promise<void> => {
    const guest = await client.guests.create({
      project_id: made.project, name: `Guest ${index}`, phone: `0812${40000000 + index}`,
    });
    created.push(guest.id);
  };
  const calls: Promise<void>[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (let index = 0; index < 100; index += 1) calls.push(create(round * 100 + index));
    // Some are answered, some are on their way, some have not left.
    await calls[round * 100 + 10];
    await service.kill();
    await service.start();
  }
  await Promise.all(calls);
  const told: string[] = [];
  while (told.length < 300) {
    const { value } = await stream.next();
    told.push(value?.guest_id ?? "");
  }
  const guests = await client.guests.list({ project_id: made.project, limit: 100 }).all();
  assert.equal(guests.length, 300);
  assert.equal(new Set(told).size, 300);
  assert.deepEqual([...told].sort(), guests.map((each) => each.id).sort());
  assert.deepEqual([...created].sort(), guests.map((each) => each.id).sort());
  assert.deepEqual(
    guests.map((each) => each.name).sort(),
    Array.from({ length: 300 }, (_, index) => `Guest ${index}`).sort());
}

test("over a WebSocket, whose class is handed in, nothing is done twice", options, async (context) => {
  const service = new TcpService();
  context.after(() => service.remove());
  await service.start();
  const bridge = await openBridge(service.port);
  context.after(() => bridge.close());
  const client = await connected(context, webSocket({
    url: bridge.url, token: async () => service.token, WebSocket: TestWebSocket,
  }));
  await killedInTheMiddle(service, client);
  const ping = client.system.ping();
  bridge.drop();
  assert.deepEqual(await ping, { pong: true });
  await client.close();
});

test("without a WebSocket a client says so", options, async () => {
  if ("WebSocket" in globalThis) return;
  await assert.rejects(
    connect(webSocket({ url: "ws://127.0.0.1:1/" })),
    (error: Error) => error instanceof ConnectError);
});

test("a program that restarts goes on with what it kept", options, async (context) => {
  const service = new TcpService();
  context.after(() => service.remove());
  const pidFile = join(service.folder, "pid");
  const kept = join(service.folder, "kept");
  const script = `echo $$ > ${pidFile}; exec ${opcenter} serve --stdio --data ${kept}`;
  const client = await connected(context, childProcess({
    command: "sh", arguments: ["-c", script], restarts: true,
  }));
  const made = await wedding(client, 0);
  const { readFileSync } = await import("node:fs");
  const { execFileSync } = await import("node:child_process");
  execFileSync("kill", ["-9", readFileSync(pidFile, "utf8").trim()], { encoding: "utf8" });
  const project = await client.projects.get({ project_id: made.project });
  assert.equal(project.name, "Anjali and Bima");
  await client.close();
});

test("large and strange texts go both ways", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 0);
  const text = "é✓🎉\n\r\t\u0000\"\\/\u2028".repeat(2000);
  const { id } = await client.chatflows.create({
    project_id: made.project, name: "Strange",
    nodes: [
      { id: "start", type: "trigger", data: {}, note: text },
      { id: "end", type: "end", data: { outcome: "over" }, position: { x: 1.5, y: -1e21 } },
    ],
    edges: [{ source: "start", target: "end" }],
  });
  const chatflow = await client.chatflows.get({ chatflow_id: id });
  assert.deepEqual(chatflow.nodes.map((node) => node["note"]), [text, undefined]);
  assert.deepEqual(chatflow.nodes[1]?.position, { x: 1.5, y: -1e21 });
  await client.close();
});

test("many calls at once are answered by one service", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 3);
  const campaign = await draft(client, made, "All");
  const answers = await Promise.all(Array.from({ length: 5000 }, (_, index) =>
    index % 2 === 0
      ? client.campaigns.get({ campaign_id: campaign }).then((each) => each.id)
      : client.guests.list({ project_id: made.project }).then((each) => each.items.length)));
  assert.deepEqual(answers.slice(0, 2), [campaign, 3]);
  assert.equal(new Set(answers).size, 2);
  await client.close();
});
