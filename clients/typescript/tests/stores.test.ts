import * as assert from "node:assert/strict";
import { test } from "node:test";

import { Stores } from "operation-center/stores";
import type { Snapshot, Store } from "operation-center/stores";

import { connectFake, FakeService } from "./support/fake_service.js";
import { connected, limit, memoryService, TcpService } from "./support/service.js";
import { draft, wedding } from "./support/wedding.js";

const options = { timeout: limit };

/** Settled once a snapshot is as wanted. Listens itself, as a page does. */
function until<Value>(
  store: Store<Value>,
  isWanted: (snapshot: Snapshot<Value>) => boolean,
): Promise<Snapshot<Value>> {
  return new Promise((resolve) => {
    let end: (() => void) | undefined;
    const look = (): void => {
      const snapshot = store.getSnapshot();
      if (!isWanted(snapshot)) return;
      resolve(snapshot);
      queueMicrotask(() => end?.());
    };
    end = store.subscribe(look);
    look();
  });
}

test("the same question gives the same store", async () => {
  const client = await connectFake(new FakeService(() => undefined));
  const stores = new Stores(client);
  assert.equal(stores.campaign("cmp_1"), stores.campaign("cmp_1"));
  assert.notEqual(stores.campaign("cmp_1"), stores.campaign("cmp_2"));
  const filter = { campaign_id: "cmp_1", status: ["failed"], limit: 5 } as const;
  const other = { limit: 5, status: ["failed"], campaign_id: "cmp_1" } as const;
  assert.equal(stores.executions(filter), stores.executions(other));
  await client.close();
});

test("campaigns are created, started, paused, resumed and cancelled", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 3);
  const store = new Stores(client, { pace: 1 }).campaigns({ project_id: made.project });
  const end = store.subscribe(() => undefined);
  context.after(end);
  assert.ok(store.getSnapshot().isLoading);
  const empty = await until(store, (each) => !each.isLoading);
  assert.deepEqual(empty.value, []);
  const created = await store.create({ name: "All", chatflow_id: made.chatflow });
  assert.ok(created);
  const statusIs = (status: string): Promise<unknown> =>
    until(store, (each) => each.value?.[0]?.status === status);
  await statusIs("draft");
  await store.start(created.id);
  await statusIs("running");
  await store.pause(created.id);
  await statusIs("paused");
  await store.resume(created.id);
  await statusIs("running");
  await store.cancel(created.id);
  await statusIs("cancelled");
  // A refused action rejects nothing and says why.
  assert.equal(await store.start(created.id), undefined);
  assert.equal(store.getSnapshot().actionError?.name, "InvalidStateError");
  assert.ok(!store.getSnapshot().isBusy);
  await store.delete(created.id);
  await until(store, (each) => each.value?.length === 0);
  assert.equal(store.getSnapshot().actionError, undefined);
});

test("what others change is seen, and the rest stays the same object", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 0);
  const [one, two] = [await draft(client, made, "One"), await draft(client, made, "Two")];
  const store = new Stores(client, { pace: 1 }).campaigns({ project_id: made.project });
  let calls = 0;
  context.after(store.subscribe(() => {
    calls += 1;
  }));
  const before = await until(store, (each) => each.value?.length === 2);
  assert.equal(store.getSnapshot(), store.getSnapshot());
  const told = calls;
  // An event that changes nothing that is shown draws nothing.
  store.refresh();
  await client.campaigns.update({ campaign_id: two, name: "Second" });
  const after = await until(store, (each) => each.value?.[1]?.name === "Second");
  assert.equal(calls, told + 1);
  assert.notEqual(before.value, after.value);
  assert.equal(before.value?.[0], after.value?.[0]);
  assert.equal(after.value?.[0]?.id, one);
  assert.equal(before.value?.[1]?.guest_filter, after.value?.[1]?.guest_filter);
});

test("a campaign's numbers move while it goes", options, async (context) => {
  const client = await connected(context, memoryService("--clock-rate", "100000"));
  const made = await wedding(client, 50);
  const campaign = await draft(client, made, "All");
  const stores = new Stores(client, { pace: 1 });
  const store = stores.campaign(campaign);
  context.after(store.subscribe(() => undefined));
  const executions = stores.executions({ campaign_id: campaign, limit: 20 });
  context.after(executions.subscribe(() => undefined));
  await until(store, (each) => each.value?.campaign.status === "draft");
  await store.start({ expected_eligible: 50 });
  const ended = await until(store, (each) =>
    each.value?.campaign.status === "completed" && each.value.statistics.audience === 50);
  assert.equal(ended.value?.campaign.enrolment?.done, 50);
  const shown = await until(executions, (each) =>
    each.value?.items.length === 20 && each.value.items.every((item) => item.ended_at !== null));
  assert.ok(shown.value?.hasMore);
  executions.more();
  executions.more();
  const all = await until(executions, (each) => each.value?.items.length === 50);
  assert.equal(all.value?.hasMore, false);
  assert.equal(all.value?.items[0], shown.value.items[0]);
});

test("executions are paused one by one, and many at once", options, async (context) => {
  const client = await connected(context, memoryService());
  const made = await wedding(client, 5);
  const campaign = await draft(client, made, "All");
  const store = new Stores(client, { pace: 1 }).executions({ campaign_id: campaign });
  context.after(store.subscribe(() => undefined));
  await client.campaigns.start({ campaign_id: campaign });
  const waiting = await until(store, (each) =>
    each.value?.items.length === 5 && each.value.items.every((item) => item.status === "waiting"));
  const [first] = waiting.value?.items ?? [];
  assert.ok(first);
  await store.pause(first.id);
  const isPaused = (each: { readonly status: string }): boolean => each.status === "paused";
  await until(store, (each) => each.value?.items.filter(isPaused).length === 1);
  await store.resume(first.id);
  const bulk = await store.bulkPause({ query: "execution.status = waiting" });
  assert.equal(bulk?.counts.selected, 5);
  await until(store, (each) => each.value?.items.every(isPaused) === true);
  await store.bulkCancel({ execution_ids: [first.id] });
  await until(store, (each) => each.value?.items[0]?.status === "cancelled");
});

test("what is not there is an error, a lost connection is not", options, async (context) => {
  const service = new TcpService();
  context.after(() => service.remove());
  await service.start();
  const client = await connected(context, service.transport);
  const made = await wedding(client, 0);
  const stores = new Stores(client, { pace: 1 });
  const missing = await until(stores.campaign("cmp_99"), (each) => each.error !== undefined);
  assert.equal(missing.error?.name, "NotFoundError");
  assert.ok(!missing.isLoading);
  const store = stores.campaigns({ project_id: made.project });
  context.after(store.subscribe(() => undefined));
  await until(store, (each) => !each.isLoading);
  await service.kill();
  await service.start();
  await draft(client, made, "After");
  const after = await until(store, (each) => each.value?.length === 1);
  assert.equal(after.value?.[0]?.name, "After");
  assert.equal(after.error, undefined);
});

test("nobody listens, nothing is followed", async () => {
  const service = new FakeService((request, peer) => {
    peer.result(request, { items: [], subscription_id: "sub_1", sequence: 0 });
  });
  const client = await connectFake(service);
  const store = new Stores(client).campaigns({ project_id: "prj_1" });
  const [one, other] = [store.subscribe(() => undefined), store.subscribe(() => undefined)];
  await service.until("campaign.list");
  one();
  one();
  other();
  await service.until("events.unsubscribe");
  assert.ok(!store.isUsed);
  await client.close();
});
