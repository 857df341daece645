import * as assert from "node:assert/strict";
import { test } from "node:test";

import { InvalidParamsError, methods, RefusedError } from "operation-center/node";
import type { Client, Method } from "operation-center/node";
import * as refusals from "operation-center/node";

import { connectFake, FakeService } from "./support/fake_service.js";
import { readInstances } from "./support/instances.js";
import type { Instance } from "./support/instances.js";
import { connected, limit, memoryService } from "./support/service.js";

/** Right and wrong values of every type: the Python client and a raw socket get the same. */
const { told, all } = readInstances();
const options = { timeout: limit };

/** What the client finds by itself: values of a wrong type, and values that are missing. */
const ofType = ["wrong_type", "not_an_integer", "required", "null", "null_absent"];

function at(place: Instance["place"], isWrong = false): readonly Instance[] {
  return all.filter((each) => each.place === place && (each.fault !== undefined) === isWrong);
}

function call(client: Client, { of, value }: Instance): Promise<unknown> {
  return client.request(of as never, value as never) as Promise<unknown>;
}

/** A service that refuses each call, and says what came. */
function echo(): FakeService {
  return new FakeService((request, peer) => {
    peer.refuse(request, 1003, "No.", { kind: "conflict", came: request.params });
  });
}

async function refusalOf(promise: Promise<unknown>): Promise<RefusedError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
  throw new Error("it was taken");
}

test("right params arrive as they were given", options, async (context) => {
  context.diagnostic(told);
  const client = await connectFake(echo());
  const right = at("params");
  for (const each of right) {
    const { kind, data } = await refusalOf(call(client, each));
    assert.equal(kind, "conflict", each.of);
    const { idempotency_key: key, ...came } = data["came"] as { idempotency_key?: unknown };
    const isGiven = "idempotency_key" in (each.value as object);
    assert.deepEqual(isGiven ? { ...came, idempotency_key: key } : came, each.value, each.of);
  }
  context.diagnostic(`${right.length} right params arrived as they were given`);
  assert.deepEqual([...new Set(right.map((each) => each.of))].sort(), Object.keys(methods).sort());
  await client.close();
});

test("wrong params are found before they are sent, or refused with the same path", options, async (
  context,
) => {
  const service = echo();
  const [fake, real] = [await connectFake(service), await connected(context, memoryService())];
  const wrong = at("params", true);
  const left: Instance[] = [];
  for (const each of wrong) {
    const error = await refusalOf(call(fake, each));
    if (error.kind === "conflict") {
      assert.ok(!ofType.includes(each.fault ?? ""), JSON.stringify(each));
      left.push(each);
      continue;
    }
    assert.ok(error instanceof InvalidParamsError);
    const { path } = error.data;
    // The service names the first part of what is missing as a whole.
    const isMissing = each.fault === "required" || each.fault === "null";
    const isWhole = isMissing && each.path?.startsWith(`${path}.`) === true;
    assert.ok(path === each.path || isWhole, `${path}: ${JSON.stringify(each)}`);
  }
  assert.equal(service.received.length, left.length);
  for (const each of left) {
    const error = await refusalOf(call(real, each));
    assert.equal(error.code, -32602, JSON.stringify(each));
    assert.equal(error.data["path"], each.path, JSON.stringify(each));
  }
  context.diagnostic(`${wrong.length - left.length} wrong params were found here, `
    + `${left.length} by the service`);
  assert.ok(wrong.length - left.length > 4000 && left.length > 500);
  await fake.close();
});

/** Answers each call with the next of some values. */
function answering(values: readonly Instance[]): FakeService {
  let next = 0;
  return new FakeService((request, peer) => {
    peer.result(request, values[next]?.value);
    next += 1;
  });
}

test("answers and types come back equal, also those of a newer service", options, async (
  context,
) => {
  const right = [...at("result"), ...at("type")];
  const client = await connectFake(answering(right));
  for (const each of right) {
    const method: Method<object, unknown> = {
      name: each.of, check: () => undefined, repeat: "always",
    };
    assert.deepEqual(await client.call(method, {}), each.value, each.of);
  }
  const newer = right.filter((each) => each.newer === true).length;
  context.diagnostic(`${right.length} values came back equal, ${newer} of them newer`);
  assert.ok(right.length > 1500 && newer > 500);
  await client.close();
});

test("events come back equal, also those of a newer service", options, async () => {
  const events = at("event").filter((each) => each.of !== "lagged").map(({ value }, index) =>
    ({ ...(value as { kind: string }), subscription_id: "sub_1", sequence: index + 1 }));
  const client = await connectFake(new FakeService((request, peer) => {
    peer.result(request, { subscription_id: "sub_1", sequence: 0 });
    for (const each of events) peer.notify("events.event", each);
  }));
  const stream = client.follow({ after_sequence: 0 });
  for (const each of events) {
    const { value } = await stream.next();
    assert.deepEqual({ ...value, subscription_id: "sub_1" }, each);
  }
  assert.ok(new Set(events.map((each) => each.kind)).size > 50);
  await client.close();
});

test("statistics come back equal, also those of a newer service", options, async () => {
  const service = new FakeService((request, peer) => {
    peer.result(request, { subscription_id: "sub_1" });
  });
  const client = await connectFake(service);
  const stream = client.followStatistics("cmp_1");
  await stream.ready;
  const changes = at("notification").map((each) => each.value as { statistics: unknown });
  for (const each of changes) {
    service.peer.notify("stats.changed", { ...each, subscription_id: "sub_1" });
    assert.deepEqual((await stream.next()).value, each.statistics);
  }
  assert.ok(changes.length > 3);
  await client.close();
});

test("refusals come back equal; of a new kind they are of the base class", options, async () => {
  const errors = at("error").map(({ code, value }) => ({ code, data: value as { kind: string } }));
  let next = 0;
  const client = await connectFake(new FakeService((request, peer) => {
    const each = errors[next];
    next += 1;
    peer.refuse(request, each?.code ?? 0, "No.", each?.data);
  }));
  const classes = refusals as unknown as Readonly<Record<string, unknown>>;
  for (const { code, data } of errors) {
    const error = await refusalOf(client.system.ping());
    assert.deepEqual([error.code, error.kind, error.data], [code, data.kind, data]);
    const name = data.kind.split("_").map((word) => word[0]?.toUpperCase() + word.slice(1)).join("");
    assert.equal(error.constructor, classes[`${name}Error`] ?? RefusedError);
  }
  assert.ok(errors.some(({ data }) => data.kind === "a_new_word"));
  assert.ok(new Set(errors.map(({ data }) => data.kind)).size > 10);
  await client.close();
});
