import * as assert from "node:assert/strict";
import { test } from "node:test";

import {
  CallTimeoutError,
  ClientClosedError,
  ConnectError,
  ConnectionLostError,
  InvalidParamsError,
  NotFoundError,
  ProtocolError,
  RefusedError,
  schemaDigest,
} from "operation-center";

import { connectFake, FakeService } from "./support/fake_service.js";

test("many calls are in flight, and answers come in any order", async () => {
  const service = new FakeService(() => undefined);
  const client = await connectFake(service);
  const calls = Array.from({ length: 200 }, () => client.request("system.ping", {}));
  await service.until("system.ping", 200);
  for (const request of [...service.received].reverse()) {
    service.peer.result(request, { pong: request.id });
  }
  const pongs = (await Promise.all(calls)) as unknown as { pong: number }[];
  assert.deepEqual(pongs.map((each) => each.pong), service.received.map((each) => each.id));
  await client.close();
});

test("each kind of refusal has a class, and a newer kind comes as it is", async () => {
  const service = new FakeService((request, peer) => {
    const known = request.params["campaign_id"] === "cmp_1";
    const data = known ? { kind: "not_found", id: "cmp_1" } : { kind: "too_funny", why: [1] };
    peer.refuse(request, known ? 1001 : 1999, "No.", data);
  });
  const client = await connectFake(service);
  await assert.rejects(client.campaigns.get({ campaign_id: "cmp_1" }), (error: NotFoundError) => {
    assert.ok(error instanceof NotFoundError);
    assert.equal(error.method, "campaign.get");
    assert.equal(error.data["id"], "cmp_1");
    return error.code === 1001 && error.kind === "not_found";
  });
  await assert.rejects(client.campaigns.get({ campaign_id: "cmp_2" }), (error: RefusedError) => {
    assert.equal(error.constructor, RefusedError);
    assert.deepEqual(error.data, { kind: "too_funny", why: [1] });
    return error.kind === "too_funny";
  });
  await client.close();
});

test("an error without data has the kind of its code", async () => {
  const client = await connectFake(new FakeService((request, peer) => {
    peer.refuse(request, -32601, "no such method");
  }));
  await assert.rejects(client.requestUntyped("future.method"), { kind: "method_not_found" });
  await client.close();
});

test("what a newer service adds survives", async () => {
  const answer = {
    id: "cmp_1", status: "dreaming", allowed: ["start", "dream"], added: { deep: [1, null] },
  };
  const service = new FakeService((request, peer) => peer.result(request, answer));
  const client = await connectFake(service);
  const campaign = await client.campaigns.get({ campaign_id: "cmp_1" });
  assert.deepEqual(campaign, answer);
  // What came may be sent back with all that it had.
  const filter = { categories: ["vip"], added: { deep: true } };
  await client.guests.list({ project_id: "prj_1", guest_filter: filter });
  assert.deepEqual(service.received[1]?.params["guest_filter"], filter);
  await client.close();
});

test("a call that takes too long is given up here and in the service", async () => {
  const service = new FakeService(() => undefined);
  const client = await connectFake(service, { timeout: 5 });
  await assert.rejects(client.system.ping(), { name: "CallTimeoutError" });
  const cancel = await service.until("$/cancelRequest");
  assert.deepEqual(cancel.params, { id: service.received[0]?.id });
  await assert.rejects(
    client.system.ping({ timeout: 1 }), (error: Error) => error instanceof CallTimeoutError);
  // The late answer means nothing to anybody.
  for (const request of service.received.slice(0, 1)) service.peer.result(request, { pong: true });
  await client.close();
});

test("a signal gives a call up", async () => {
  const service = new FakeService(() => undefined);
  const client = await connectFake(service);
  const control = new AbortController();
  const call = client.campaigns.forecast({ campaign_id: "cmp_1" }, { signal: control.signal });
  await service.until("campaign.forecast");
  const reason = new Error("changed my mind");
  control.abort(reason);
  await assert.rejects(call, (error: Error) => error === reason);
  await service.until("$/cancelRequest");
  const sent = service.received.length;
  await assert.rejects(
    client.system.ping({ signal: control.signal }), (error: Error) => error === reason);
  assert.equal(service.received.length, sent);
  await client.close();
});

test("a service that dies ends every call that waits", async () => {
  const service = new FakeService(() => undefined, false);
  const client = await connectFake(service);
  const calls = Array.from({ length: 50 }, () => client.system.ping());
  await service.until("system.ping", 50);
  service.peer.die();
  for (const call of calls) {
    await assert.rejects(call, (error: Error) => error instanceof ConnectionLostError);
  }
  await assert.rejects(
    client.system.ping(), (error: Error) => error instanceof ConnectionLostError);
  assert.ok(client.isClosed);
  await client.close();
});

test("closing ends every call that waits", async () => {
  const service = new FakeService(() => undefined);
  const client = await connectFake(service);
  const call = client.system.ping();
  await service.until("system.ping");
  await Promise.all([
    client.close(),
    assert.rejects(call, (error: Error) => error instanceof ClientClosedError),
  ]);
  await assert.rejects(client.system.ping(), (error: Error) => error instanceof ClientClosedError);
});

test("what is no JSON-RPC ends the connection with a reason", async () => {
  for (const text of ["nonsense", "7", "null", '{"jsonrpc":"2.0","id":null,"error":{}}']) {
    const service = new FakeService((_, peer) => peer.sayText(text), false);
    const client = await connectFake(service);
    await assert.rejects(client.system.ping(), (error: Error) => error instanceof ProtocolError);
    await client.close();
  }
});

test("a wrong type is refused before it is sent, with its path", async () => {
  const service = new FakeService((request, peer) => peer.result(request, {}));
  const client = await connectFake(service);
  const wrong: readonly [string, string, unknown][] = [
    ["params.campaign_id", "required", client.request("campaign.get", {} as never)],
    ["params.campaign_id", "bad_format", client.campaigns.get({ campaign_id: "gst_1" as never })],
    ["params.campaign_id", "wrong_type", client.campaigns.get({ campaign_id: 7 as never })],
    ["params.rows[1].name", "wrong_type", client.guests.import({
      project_id: "prj_1", rows: [{ name: "Sari" }, { name: 7 as never }],
    })],
    ["params.guest_filter.categories[0]", "wrong_type", client.guests.list({
      project_id: "prj_1", guest_filter: { categories: [null as never] },
    })],
    ["params.limit", "not_an_integer", client.guests.list({ project_id: "prj_1", limit: 1.5 })],
    ["params.limit", "out_of_range", client.guests.list({ project_id: "prj_1", limit: 2 ** 60 })],
    ["params.limit", "not_an_integer", client.guests.list({ project_id: "prj_1", limit: NaN })],
    ["params.rows[0].fields.born", "wrong_type", client.guests.import({
      project_id: "prj_1", rows: [{ fields: { born: new Date(0) as never } }],
    })],
    ["params.rows[0].name", "syntax", client.guests.import({
      project_id: "prj_1", rows: [{ name: "half \ud83d" }],
    })],
  ];
  for (const [path, reason, call] of wrong) {
    await assert.rejects(call as Promise<unknown>, (error: InvalidParamsError) => {
      assert.ok(error instanceof InvalidParamsError);
      assert.deepEqual(error.data, { kind: "invalid_params", path, reason });
      return error.message.startsWith(path);
    });
  }
  assert.equal(service.received.length, 0);
  await client.close();
});

test("a cycle is refused, and a member that is not set is left out", async () => {
  const service = new FakeService((request, peer) => peer.result(request, { items: [] }));
  const client = await connectFake(service);
  const cycle: Record<string, unknown> = {};
  cycle["self"] = cycle;
  await assert.rejects(
    client.chatflows.validate({ project_id: "prj_1", nodes: [], edges: [], viewport: cycle as never }),
    (error: InvalidParamsError) => error.data["reason"] === "too_deep");
  await client.campaigns.list({ project_id: "prj_1", status: undefined });
  assert.deepEqual(service.received[0]?.params, { project_id: "prj_1" });
  await client.close();
});

test("a message that the service would not read is refused before it is sent", async () => {
  const service = new FakeService((request, peer) => peer.result(request, {}));
  const client = await connectFake(service, { messageBytes: 4096 });
  const body = "é".repeat(2100);
  await assert.rejects(
    client.webhooks.receive({ account: "1", signature: `sha256=${"0".repeat(64)}`, body }),
    (error: InvalidParamsError) => error.data["reason"] === "too_long");
  assert.equal(service.received.length, 0);
  await client.close();
});

test("changes carry a random key each, and queries none", async () => {
  const service = new FakeService((request, peer) => peer.result(request, {}));
  const client = await connectFake(service);
  await client.campaigns.start({ campaign_id: "cmp_1" });
  await client.campaigns.start({ campaign_id: "cmp_1" });
  await client.campaigns.start({ campaign_id: "cmp_1", idempotency_key: "mine" });
  await client.campaigns.start({ campaign_id: "cmp_1", idempotency_key: null });
  await client.campaigns.get({ campaign_id: "cmp_1" });
  const keys = service.received.map((each) => each.params["idempotency_key"]);
  assert.match(String(keys[0]), /^[0-9a-f]{32}$/);
  assert.match(String(keys[1]), /^[0-9a-f]{32}$/);
  assert.notEqual(keys[0], keys[1]);
  assert.deepEqual(keys.slice(2), ["mine", null, undefined]);
  await client.close();
});

test("after a lost connection what may be repeated is, and the rest is told", async () => {
  let isDying = true;
  const service = new FakeService((request, peer) => {
    if (isDying) return;
    peer.result(request, { method: request.method });
  });
  const client = await connectFake(service);
  const start = client.campaigns.start({ campaign_id: "cmp_1" });
  const query = client.campaigns.get({ campaign_id: "cmp_1" });
  const unkeyed = client.campaigns.pause({ campaign_id: "cmp_1", idempotency_key: null });
  const shutdown = client.system.shutdown();
  await service.until("system.shutdown");
  isDying = false;
  // The next connection is refused twice before it comes about.
  service.refusals = 2;
  service.peer.die();
  await assert.rejects(unkeyed, (error: Error) => error instanceof ConnectionLostError);
  await assert.rejects(shutdown, (error: Error) => error instanceof ConnectionLostError);
  assert.deepEqual(await start, { method: "campaign.start" });
  assert.deepEqual(await query, { method: "campaign.get" });
  const starts = service.received.filter((each) => each.method === "campaign.start");
  assert.equal(starts.length, 2);
  assert.deepEqual(starts[0]?.params, starts[1]?.params);
  assert.equal(service.peers.length, 2);
  await client.close();
});

test("a service that does not come back ends a call in its time", async () => {
  const service = new FakeService(() => undefined);
  const client = await connectFake(service);
  service.refusals = Infinity;
  service.peer.die();
  await assert.rejects(client.system.ping({ timeout: 30 }), (error: ConnectionLostError) => {
    assert.ok(error instanceof ConnectionLostError);
    return error.cause instanceof Error;
  });
  await client.close();
});

test("what dies as soon as it is called is not called in a hurry", async () => {
  const service = new FakeService((_, peer) => peer.die());
  const client = await connectFake(service);
  await assert.rejects(client.system.ping({ timeout: 300 }), (error: Error) =>
    error.cause instanceof Error);
  assert.ok(service.peers.length < 8, `${service.peers.length} connections`);
  await client.close();
});

test("a first connection that does not come about is told at once", async () => {
  const service = new FakeService(() => undefined);
  service.refusals = 1;
  await assert.rejects(connectFake(service), { message: "nobody listens" });
  const mute = { name: "mute", reconnects: true, open: () => new Promise<never>(() => undefined) };
  await assert.rejects(
    connectFake(mute, { connectTimeout: 5 }), (error: Error) => error instanceof ConnectError);
});

test("a batch is one message, and each call has an outcome", async () => {
  const service = new FakeService((request, peer) => {
    if (request.method === "campaign.get") peer.refuse(request, 1001, "No.", { kind: "not_found" });
    else peer.result(request, { pong: true, items: [] });
  });
  const client = await connectFake(service);
  const [pong, campaign, list, wrong] = await client.batch((calls) => [
    calls.system.ping(),
    calls.campaigns.get({ campaign_id: "cmp_1" }),
    calls.senders.list(),
    calls.campaigns.get({ campaign_id: "nonsense" as never }),
  ]);
  assert.equal(service.frames.length, 1);
  assert.ok(pong.status === "fulfilled" && pong.value.pong);
  assert.ok(campaign.status === "rejected" && campaign.reason instanceof NotFoundError);
  assert.ok(list.status === "fulfilled" && list.value.items.length === 0);
  assert.ok(wrong.status === "rejected" && wrong.reason instanceof InvalidParamsError);
  await client.close();
});

test("a long batch goes in as many messages as the service's bounds ask for", async () => {
  const service = new FakeService((request, peer) => peer.result(request, { pong: true }));
  const client = await connectFake(service);
  const outcomes = await client.batch((calls) =>
    Array.from({ length: 250 }, () => calls.system.ping()));
  assert.deepEqual(
    service.frames.map((frame) => (JSON.parse(frame) as unknown[]).length), [100, 100, 50]);
  assert.ok(outcomes.every((each) => each.status === "fulfilled"));
  assert.deepEqual(await client.batch(() => []), []);
  await client.close();
});

test("a service with another schema is told of once, and served all the same", async () => {
  const warnings: string[] = [];
  let digest: string | undefined = "another";
  const service = new FakeService((request, peer) => {
    const info = { version: "9.0.0", schema: { version: "9.0.0", digest } };
    peer.result(request, request.method === "system.info" ? info : { pong: true });
  });
  const options = { versionCheck: true, onWarning: (text: string) => warnings.push(text) };
  for (digest of ["another", schemaDigest, undefined]) {
    const client = await connectFake(service, options);
    assert.deepEqual(await client.system.ping(), { pong: true });
    await client.close();
  }
  assert.equal(warnings.length, 1);
  assert.match(warnings[0] ?? "", /version 9\.0\.0/);
});

test("a listener that throws harms no call", async () => {
  const service = new FakeService((request, peer) => {
    peer.notify("stats.changed", {});
    peer.result(request, { pong: true });
  });
  const warnings: string[] = [];
  const client = await connectFake(service, { onWarning: (text) => warnings.push(text) });
  const end = client.onNotification(() => {
    throw new Error("not so");
  });
  assert.deepEqual(await client.system.ping(), { pong: true });
  end();
  assert.deepEqual(await client.system.ping(), { pong: true });
  assert.equal(warnings.length, 1);
  await client.close();
});
