import * as assert from "node:assert/strict";
import { test } from "node:test";

import { ProtocolError } from "operation-center";

import { connectFake, FakeService } from "./support/fake_service.js";

function pagedService(pages: number): FakeService {
  return new FakeService((request, peer) => {
    const page = Number(request.params["cursor"] ?? 0);
    const next = page + 1 < pages ? { next_cursor: String(page + 1) } : {};
    peer.result(request, { items: [{ id: `snd_${page}a` }, { id: `snd_${page}b` }], ...next });
  });
}

test("awaited, a list is its first page", async () => {
  const service = pagedService(3);
  const client = await connectFake(service);
  const page = await client.senders.list();
  assert.equal(page.items.length, 2);
  assert.equal(page.next_cursor, "1");
  assert.equal(service.received.length, 1);
  await client.close();
});

test("iterated, a list is every item, and asks for a page when it is needed", async () => {
  const service = pagedService(3);
  const client = await connectFake(service);
  const found: string[] = [];
  for await (const sender of client.senders.list({ limit: 2 })) {
    found.push(sender.id);
    assert.equal(service.received.length, Math.ceil(found.length / 2));
  }
  assert.deepEqual(found, ["snd_0a", "snd_0b", "snd_1a", "snd_1b", "snd_2a", "snd_2b"]);
  assert.deepEqual(service.received.map((each) => each.params), [
    { limit: 2 }, { limit: 2, cursor: "1" }, { limit: 2, cursor: "2" },
  ]);
  await client.close();
});

test("whoever stops early asks for no more", async () => {
  const service = pagedService(100);
  const client = await connectFake(service);
  assert.equal((await client.senders.list().all(3)).length, 3);
  assert.equal(service.received.length, 2);
  await client.close();
});

test("a page that leads to itself is an error and no endless loop", async () => {
  const service = new FakeService((request, peer) =>
    peer.result(request, { items: [], next_cursor: "again" }));
  const client = await connectFake(service);
  await assert.rejects(
    client.senders.list().all(), (error: Error) => error instanceof ProtocolError);
  await client.close();
});
