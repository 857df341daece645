import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { limit, opcenter } from "./support/service.js";

const program = `
import { connect, childProcess, types } from "operation-center/node";
import { Stores } from "operation-center/stores";

const client = await connect(childProcess({
  command: ${JSON.stringify(opcenter)}, arguments: ["serve", "--stdio", "--memory"],
}));
const sender: types.SenderView = await client.senders.create({
  name: "Weddings", phone: "+6281100000001",
});
const names: string[] = [];
for await (const each of client.senders.list()) names.push(each.name);
const stores: Stores = new Stores(client);
const store = stores.campaigns({ project_id: "prj_1" });
if (sender.name !== names[0] || !store.getSnapshot().isLoading) throw new Error("no");
await client.close();
`;

/** What the compiler must not take. */
const mistakes = [
  'client.campaigns.start({ campaign_id: "gst_1" })',
  'client.campaigns.start({ campaign: "cmp_1" })',
  "client.campaigns.start()",
  'client.campaigns.list({ project_id: "prj_1", limit: "7" })',
  'client.follow({ kinds: ["campaign_deleted"] }).next().then(({ value }) => value?.data.to)',
  'client.request("campaign.start", { campaign_id: 7 })',
];

const options = { timeout: limit };
const piped = { encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] } as const;

test("the packed package runs, and its types need nothing else", options, (context) => {
  const folder = mkdtempSync(join(tmpdir(), "operation-center-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const run = (command: string, ...parameters: string[]): string =>
    execFileSync(command, parameters, { cwd: folder, ...piped });
  const root = process.cwd();
  execFileSync(
    "npm", ["pack", "--pack-destination", folder, "--ignore-scripts", "--offline"],
    { cwd: root, ...piped });
  const archive = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  assert.ok(archive);
  const modules = join(folder, "node_modules", "operation-center");
  mkdirSync(modules, { recursive: true });
  run("tar", "xzf", archive, "--strip-components=1", "-C", modules);
  assert.deepEqual(
    readdirSync(modules).sort(), ["LICENSE", "README.md", "dist", "package.json"]);
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  writeFileSync(join(folder, "main.ts"), program);
  const compilerOptions = {
    strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true,
    target: "ES2022", lib: ["ES2022"], module: "NodeNext", types: [],
  };
  const compile = (file: string): string => {
    writeFileSync(
      join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
    return run("tsc", "--project", ".");
  };
  compile("main.ts");
  run(process.execPath, "main.js");
  // A line that the compiler takes although an error was expected is an error.
  const lines = mistakes.map((mistake, index) =>
    `// @ts-expect-error\nexport const mistake${index} = (client: Client) => ${mistake};\n`);
  writeFileSync(
    join(folder, "mistakes.ts"),
    `import type { Client } from "operation-center";\n${lines.join("")}`);
  compile("mistakes.ts");
  writeFileSync(join(folder, "mistakes.ts"), "// @ts-expect-error\nexport const fine = 1;\n");
  assert.throws(() => compile("mistakes.ts"), { status: 2 }, "the compiler expects nothing");
  const forNode = ["dist/transports/child_process.js", "dist/transports/tcp.js"];
  const files = run("find", modules, "-name", "*.js").trim().split("\n");
  assert.deepEqual(
    files.filter((file) => /from "node:/.test(readFileSync(file, "utf8")))
      .map((file) => file.slice(modules.length + 1)).sort(),
    forNode, "what browsers load needs nothing of Node");
});
