import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A right or wrong value, as `conformance/make_instances.py` describes it. */
export interface Instance {
  readonly place: "params" | "result" | "type" | "event" | "notification" | "error";
  readonly of: string;
  readonly code?: number;
  readonly value: unknown;
  readonly fault?: string;
  readonly path?: string;
  readonly newer?: boolean;
}

/** The values of the file that OPCENTER_INSTANCES names, or of a new one. */
export function readInstances(): { readonly told: string; readonly all: readonly Instance[] } {
  const given = process.env["OPCENTER_INSTANCES"];
  if (given !== undefined) return { told: given, all: read(given) };
  const folder = mkdtempSync(join(tmpdir(), "instances-"));
  try {
    const file = join(folder, "instances.json");
    const seed = process.env["OPCENTER_SEED"] ?? `${Date.now() % 2 ** 32}`;
    const parameters = ["../conformance/make_instances.py", file, "--seed", seed];
    const told = execFileSync("python3", parameters, { encoding: "utf8" });
    return { told: told.trim(), all: read(file) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file: string): readonly Instance[] {
  return (JSON.parse(readFileSync(file, "utf8")) as { instances: readonly Instance[] }).instances;
}
