import * as assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { tcp } from "operation-center/node";

import { Door } from "./support/door.js";
import { Player } from "./support/player.js";
import type { Step } from "./support/player.js";
import { connected, limit, TcpService } from "./support/service.js";

interface Scenario {
  readonly serve: readonly string[];
  readonly simulator: unknown;
  readonly steps: readonly Step[];
}

const options = { timeout: limit };

test("in the scenario of all clients nothing is done twice, and no event is missed", options, async (
  context,
) => {
  const text = readFileSync("../conformance/scenario.json", "utf8");
  const scenario = JSON.parse(text) as Scenario;
  const service = new TcpService(...scenario.serve);
  context.after(() => service.remove());
  const settings = join(service.folder, "simulator.json");
  writeFileSync(settings, JSON.stringify(scenario.simulator));
  service.add("--simulator", settings);
  await service.start();
  const door = new Door(service.port);
  await door.open();
  context.after(() => door.close());
  const client = await connected(context, tcp({ port: door.port, tokenFile: service.tokenFile }));
  const player = new Player(client, service, door);
  await player.play(scenario.steps);
  await player.close();
  await client.close();
  context.diagnostic(`${player.inFlight} calls were in flight when the service was killed`);
  assert.ok(player.inFlight >= 117);
});
