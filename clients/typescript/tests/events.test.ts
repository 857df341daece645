import * as assert from "node:assert/strict";
import { test } from "node:test";

import { EventsLostError, isEvent } from "operation-center";
import type { Client } from "operation-center";

import { connectFake, FakeService } from "./support/fake_service.js";
import type { FakePeer, Received } from "./support/fake_service.js";

/** A service with a history: event `n` happened as the n-th. */
class History {
  newest = 0;
  oldest = 1;
  readonly service: FakeService;
  #subscriptions = 0;
  readonly #open = new Map<string, FakePeer>();

  constructor() {
    this.service = new FakeService((request, peer) => this.#answer(request, peer));
  }

  happen(count: number, kind = "guest_created"): void {
    for (let index = 0; index < count; index += 1) {
      this.newest += 1;
      for (const [name, peer] of this.#open) this.#tell(name, peer, this.newest, kind);
    }
  }

  lag(missed: number): void {
    this.newest += missed;
    for (const [name, peer] of this.#open) {
      this.#tell(name, peer, this.newest, "lagged", { missed, resume_after: this.newest });
    }
    this.#open.clear();
  }

  #tell(name: string, peer: FakePeer, sequence: number, kind: string, data: unknown = {}): void {
    peer.notify("events.event", { subscription_id: name, sequence, kind, data });
  }

  #answer(request: Received, peer: FakePeer): void {
    if (request.method === "events.unsubscribe") {
      this.#open.delete(String(request.params["subscription_id"]));
    }
    if (request.method !== "events.subscribe") {
      peer.result(request, {});
      return;
    }
    const after = request.params["after_sequence"] as number | undefined;
    if (after !== undefined && after + 1 < this.oldest) {
      peer.refuse(request, 1010, "Gone.", { kind: "gone", oldest_sequence: this.oldest });
      return;
    }
    if (after !== undefined && after > this.newest) {
      peer.refuse(request, -32602, "Ahead.", {
        kind: "invalid_params", path: "params.after_sequence", reason: "out_of_range",
      });
      return;
    }
    this.#subscriptions += 1;
    const name = `sub_${this.#subscriptions}`;
    peer.result(request, { subscription_id: name, sequence: this.newest });
    // The past comes right behind the answer, in the same breath.
    for (let sequence = (after ?? this.newest) + 1; sequence <= this.newest; sequence += 1) {
      this.#tell(name, peer, sequence, "guest_created");
    }
    this.#open.set(name, peer);
  }
}

async function sequences(
  stream: AsyncIterator<{ readonly sequence: number }>,
  count: number,
): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const { value } = await stream.next();
    found.push((value as { readonly sequence: number }).sequence);
  }
  return found;
}

async function connected(history: History): Promise<Client> {
  return connectFake(history.service);
}

test("events come in order, from the past on without a gap", async () => {
  const history = new History();
  history.happen(5);
  const client = await connected(history);
  const stream = client.follow({ after_sequence: 2 });
  assert.deepEqual(await sequences(stream, 3), [3, 4, 5]);
  history.happen(2);
  assert.deepEqual(await sequences(stream, 2), [6, 7]);
  assert.equal(stream.sequence, 7);
  await client.close();
});

test("a lost connection is made up for: nothing is missed and nothing comes twice", async () => {
  const history = new History();
  const client = await connected(history);
  const stream = client.follow();
  await stream.ready;
  const expected: number[] = [];
  const found: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    history.happen(round % 4);
    if (round % 3 === 0) history.service.peer.die();
    history.happen(2);
    const count = (round % 4) + 2;
    for (let index = 0; index < count; index += 1) expected.push(expected.length + 1);
    found.push(...await sequences(stream, count));
  }
  assert.deepEqual(found, expected);
  await client.close();
});

test("an event that is told twice is given once", async () => {
  const history = new History();
  const client = await connected(history);
  const stream = client.follow();
  await stream.ready;
  history.happen(2);
  const again = { subscription_id: "sub_1", sequence: 1, kind: "guest_created", data: {} };
  history.service.peer.notify("events.event", again);
  history.happen(1);
  assert.deepEqual(await sequences(stream, 3), [1, 2, 3]);
  await client.close();
});

test("a connection that is lost right behind the answer is made up for, too", async () => {
  const history = new History();
  const { service } = history;
  const answer = service.answer;
  let deaths = 3;
  service.answer = (request, peer) => {
    answer(request, peer);
    if (request.method !== "events.subscribe" || deaths === 0) return;
    deaths -= 1;
    peer.die();
    history.happen(1);
  };
  const client = await connected(history);
  const stream = client.follow();
  assert.deepEqual(await sequences(stream, 3), [1, 2, 3]);
  await client.close();
});

test("without an event yet it goes on from where it began", async () => {
  const history = new History();
  history.happen(10);
  const client = await connected(history);
  const stream = client.follow();
  await stream.ready;
  history.service.peer.die();
  history.happen(1);
  assert.deepEqual(await sequences(stream, 1), [11]);
  await client.close();
});

test("what the service no longer has is told", async () => {
  const history = new History();
  history.happen(9);
  history.oldest = 6;
  const client = await connected(history);
  await assert.rejects(client.follow({ after_sequence: 2 }).next(), (error: EventsLostError) => {
    assert.ok(error instanceof EventsLostError);
    return error.reason === "gone" && error.resumeAfter === 5;
  });
  const telling = client.follow({ after_sequence: 2 }, { gaps: "tell" });
  const { value } = await telling.next();
  assert.ok(value && isEvent(value, "lagged"));
  assert.deepEqual(value.data, { missed: 3, resume_after: 5 });
  assert.deepEqual(await sequences(telling, 4), [6, 7, 8, 9]);
  await client.close();
});

test("a reader who lags behind is told, after what it still got", async () => {
  const history = new History();
  const client = await connected(history);
  const [throwing, telling] = [client.follow(), client.follow({}, { gaps: "tell" })];
  await Promise.all([throwing.ready, telling.ready]);
  history.happen(2);
  history.lag(5);
  assert.deepEqual(await sequences(throwing, 2), [1, 2]);
  await assert.rejects(throwing.next(), (error: EventsLostError) =>
    error.reason === "lagged" && error.resumeAfter === 7);
  assert.deepEqual(await throwing.next(), { done: true, value: undefined });
  assert.deepEqual(await sequences(telling, 3), [1, 2, 7]);
  await history.service.until("events.subscribe", 3);
  history.happen(1);
  assert.deepEqual(await sequences(telling, 1), [8]);
  await client.close();
});

test("a service with another history is told of", async () => {
  const history = new History();
  history.happen(9);
  const client = await connected(history);
  const stream = client.follow();
  await stream.ready;
  history.newest = 3;
  history.service.peer.die();
  await assert.rejects(stream.next(), (error: EventsLostError) => error.reason === "restarted");
  await client.close();
});

test("a slow reader leaves the rest with the service, and misses nothing", async () => {
  const history = new History();
  const client = await connected(history);
  const stream = client.follow({}, { buffer: 10 });
  await stream.ready;
  history.happen(100);
  await history.service.until("events.unsubscribe");
  assert.deepEqual(
    await sequences(stream, 100), Array.from({ length: 100 }, (_, index) => index + 1));
  await client.close();
});

test("an event of a newer kind comes like any other", async () => {
  const history = new History();
  const client = await connected(history);
  const stream = client.follow();
  await stream.ready;
  history.happen(1, "guest_danced");
  const { value } = await stream.next();
  assert.equal(value?.kind, "guest_danced");
  await client.close();
});

test("leaving the loop ends the subscription; a signal and closing end the waiting", async () => {
  const history = new History();
  const client = await connected(history);
  const stream = client.follow();
  await stream.ready;
  history.happen(3);
  for await (const event of stream) if (event.sequence === 2) break;
  await history.service.until("events.unsubscribe");
  const control = new AbortController();
  const signalled = client.follow({}, { signal: control.signal });
  const next = signalled.next();
  const reason = new Error("enough");
  control.abort(reason);
  await assert.rejects(next, (error: Error) => error === reason);
  const last = client.follow().next();
  await Promise.all([client.close(), assert.rejects(last, { name: "ClientClosedError" })]);
  await assert.rejects(client.follow().next(), { name: "ClientClosedError" });
});

test("a service that is there and says nothing is given up", async () => {
  const history = new History();
  const { service } = history;
  const client = await connectFake(service, { heartbeat: 1, connectTimeout: 5 });
  const stream = client.follow();
  await stream.ready;
  const answer = service.answer;
  let silent = true;
  service.answer = (request, peer) => {
    if (!silent || request.method !== "system.ping") answer(request, peer);
  };
  // The next connection is one that answers.
  await service.until("system.ping");
  await service.until("events.subscribe", 2);
  silent = false;
  history.happen(1);
  assert.deepEqual(await sequences(stream, 1), [1]);
  await client.close();
});
