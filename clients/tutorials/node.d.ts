// The few functions of Node that the tutorial uses, so that it needs nothing from a registry. In a
// project of your own `@types/node` has them.

declare const console: { log(...values: unknown[]): void };

declare module "node:fs/promises" {
  function readFile(path: string, encoding: "utf8"): Promise<string>;
}
