import * as assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";

import { Stores } from "operation-center/stores";
import type { Store } from "operation-center/stores";

import { Document } from "./support/document.js";
import { connected, limit, memoryService } from "./support/service.js";
import { draft, wedding } from "./support/wedding.js";

/** What is used of React; its types come from a registry. */
interface React {
  createElement(type: unknown, props: object | null, ...children: unknown[]): unknown;
  useSyncExternalStore<Value>(
    subscribe: (listener: () => void) => () => void,
    getSnapshot: () => Value,
    getServerSnapshot: () => Value,
  ): Value;
}
interface Root {
  render(element: unknown): void;
  unmount(): void;
}

/** Debian has React in a folder of its own, which `NODE_PATH` names. */
const require = createRequire(import.meta.url);

test("a React page shows a campaign while it goes", { timeout: limit }, async (context) => {
  const document = new Document();
  Object.assign(globalThis, { window: document.window, document });
  // Newer versions of Node have one of their own.
  if (!("navigator" in globalThis)) Object.assign(globalThis, { navigator: { userAgent: "" } });
  const react = require("react") as React;
  const dom = require("react-dom/client") as { createRoot(container: unknown): Root };
  const server = require("react-dom/server") as { renderToString(element: unknown): string };
  const client = await connected(context, memoryService("--clock-rate", "10000"));
  const made = await wedding(client, 20);
  const campaign = await draft(client, made, "Everybody");
  const stores = new Stores(client, { pace: 1 });
  const { createElement: element } = react;
  let drawn = 0;

  // The three lines that a page needs.
  const useStore = <Value>(store: Store<Value>) =>
    react.useSyncExternalStore(store.subscribe, store.getSnapshot, store.getSnapshot);

  function Page(): unknown {
    drawn += 1;
    const store = stores.campaign(campaign);
    const { value, isLoading, error, isBusy } = useStore(store);
    const executions = useStore(stores.executions({ campaign_id: campaign })).value;
    if (isLoading) return element("p", null, "loading");
    if (error || !value) return element("p", null, error?.message);
    return element("main", null,
      element("h1", null, value.campaign.name),
      element("p", { id: "status" }, value.campaign.status),
      element("p", { id: "audience" }, String(value.statistics.audience)),
      element("ul", null, executions?.items.map((item) =>
        element("li", { key: item.id }, `${item.guest.name}: ${item.status}`))),
      element("button", { disabled: isBusy, onClick: () => store.start() }, "Start"));
  }

  assert.match(server.renderToString(element(Page, null)), /<p>loading<\/p>/);
  const body = document.createElement("div");
  const root = dom.createRoot(body);
  context.after(() => root.unmount());
  root.render(element(Page, null));
  await document.until(() => body.textContent.includes("draft"));
  assert.ok(body.textContent.startsWith("Everybodydraft0"));
  body.find("button").click();
  await document.until(() => body.textContent.includes("completed20"));
  const ended = /Guest \d+: (completed|failed)/g;
  await document.until(() => body.textContent.match(ended)?.length === 20);
  assert.ok(stores.campaign(campaign).isUsed);
  // Nothing happens any more, so nothing is drawn any more.
  const before = drawn;
  await client.stats.campaign({ campaign_id: campaign });
  assert.equal(drawn, before);
  root.unmount();
  await document.until(() => !stores.campaign(campaign).isUsed);
});
