import * as assert from "node:assert/strict";
import { test } from "node:test";

import { ConnectionLostError, CallTimeoutError } from "operation-center";

import { connectFake, FakeService } from "./support/fake_service.js";
import type { FakePeer, Received } from "./support/fake_service.js";

/** Numbers from 0 to 1 that are the same for the same seed. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** A service that dies before, after and between answers, and remembers keys as the real one does. */
class MoodyService {
  readonly service: FakeService;
  /** What was done, in order. */
  readonly done: string[] = [];
  readonly #answers = new Map<string, unknown>();
  readonly #chance: () => number;

  constructor(chance: () => number) {
    this.#chance = chance;
    this.service = new FakeService((request, peer) => this.#answer(request, peer));
  }

  #answer(request: Received, peer: FakePeer): void {
    if (request.id === undefined) return;
    const mood = this.#chance();
    if (mood < 0.03) peer.die();
    if (!peer.isOpen) return;
    const result = this.#result(request);
    if (mood < 0.06) peer.die();
    // Now and then an answer comes after those to later calls.
    if (mood > 0.8) queueMicrotask(() => peer.result(request, result));
    else peer.result(request, result);
    if (mood > 0.97) peer.die();
    if (mood > 0.95) this.service.refusals = 1;
  }

  #result(request: Received): unknown {
    const name = String(request.params["name"]);
    if (request.method === "project.get") return { id: request.params["project_id"] };
    const key = request.params["idempotency_key"];
    if (typeof key !== "string") {
      this.done.push(name);
      return { name };
    }
    if (!this.#answers.has(key)) {
      this.done.push(name);
      this.#answers.set(key, { name });
    }
    return this.#answers.get(key);
  }
}

const options = { timeout: 60_000 };

test("whatever dies when: each call is settled once, and done once", options, async (context) => {
  let [lost, answered] = [0, 0];
  const first = Date.now() % 1_000_000;
  const seeds = 40;
  context.diagnostic(`seeds ${first} to ${first + seeds - 1}`);
  for (let seed = first; seed < first + seeds; seed += 1) {
    const chance = random(seed);
    const moody = new MoodyService(chance);
    const client = await connectFake(moody.service, { timeout: 20_000 });
    const once = new Set<string>();
    const calls = Array.from({ length: 60 }, async (_, index) => {
      const name = `${index}`;
      const kind = chance();
      try {
        if (kind < 0.4) {
          const { id } = await client.projects.get({ project_id: `prj_${index + 1}` });
          assert.equal(id, `prj_${index + 1}`);
        } else if (kind < 0.8) {
          once.add(name);
          const made = await client.senders.create({ name, phone: "+6281100000001" });
          assert.equal(made.name, name, `seed ${seed}`);
        } else {
          await client.senders.create({ name, phone: "+6281100000001", idempotency_key: null });
        }
        answered += 1;
      } catch (error) {
        assert.ok(error instanceof ConnectionLostError && kind >= 0.8, `seed ${seed}: ${error}`);
        assert.ok(!(error instanceof CallTimeoutError));
        lost += 1;
      }
    });
    await Promise.all(calls);
    const counts = moody.done.filter((name) => once.has(name));
    assert.equal(counts.length, once.size, `seed ${seed}: ${counts.sort().join(" ")}`);
    assert.equal(new Set(moody.done).size, moody.done.length, `seed ${seed}`);
    await client.close();
  }
  context.diagnostic(`${answered} answered, ${lost} lost`);
  assert.ok(answered > 1000 && lost > 50);
});
