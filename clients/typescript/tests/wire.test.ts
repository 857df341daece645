import * as assert from "node:assert/strict";
import { test } from "node:test";

import { methods, RefusedError } from "operation-center/node";
import type { Client, Method } from "operation-center/node";

import { connected, limit, memoryService } from "./support/service.js";

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly "x-known-values"?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

interface Document {
  readonly methods: readonly {
    readonly name: string;
    readonly params: readonly {
      readonly name: string;
      readonly required?: boolean;
      readonly schema: Schema;
    }[];
    readonly examples: readonly {
      readonly name: string;
      readonly params: readonly { readonly name: string; readonly value: unknown }[];
    }[];
  }[];
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Makes values of the types of a schema: with all fields, and valid in their form. */
class Maker {
  readonly #components: Readonly<Record<string, Schema>>;

  constructor(document: Document) {
    this.#components = document.components.schemas;
  }

  /** The schema itself, without names, wrappers and null. */
  plain(schema: Schema): Schema {
    if (schema.$ref !== undefined) {
      return this.plain(this.#components[schema.$ref.split("/").at(-1) ?? ""] ?? {});
    }
    if (schema.allOf?.length === 1) return this.plain(schema.allOf[0] ?? {});
    if (schema.oneOf) return this.plain(schema.oneOf[0] ?? {});
    if (!Array.isArray(schema.type)) return schema;
    const others = (schema.type as readonly string[]).filter((each) => each !== "null");
    return others.length === 1 ? { ...schema, type: others[0] ?? "" } : {};
  }

  /** The cases of a union; of anything else itself. */
  cases(given: Schema): readonly Schema[] {
    if (given.$ref !== undefined) {
      return this.cases(this.#components[given.$ref.split("/").at(-1) ?? ""] ?? {});
    }
    if (given.allOf?.length === 1) return this.cases(given.allOf[0] ?? {});
    const cases = (given.oneOf ?? []).filter((each) => each.type !== "null");
    return cases.length > 1 ? cases : [given];
  }

  value(given: Schema): unknown {
    const schema = this.plain(given);
    const values = schema["x-known-values"] ?? schema.enum;
    if (schema.const !== undefined) return schema.const;
    if (values) return values[0];
    if (schema.type === "object") {
      const fields = Object.entries(schema.properties ?? {});
      const additional = schema.additionalProperties;
      const isMap = fields.length === 0 && typeof additional === "object";
      if (isMap) return { "*": this.value(additional) };
      return Object.fromEntries(fields.map(([name, each]) => [name, this.value(each)]));
    }
    if (schema.type === "array") {
      return Array.from({ length: schema.minItems ?? 1 }, () => this.value(schema.items ?? {}));
    }
    if (schema.type === "integer" || schema.type === "number") return schema.minimum ?? 1;
    if (schema.type === "boolean") return true;
    if (schema.type === "string") return this.text(schema);
    return "anything";
  }

  text(schema: Schema): string {
    if (schema.format === "date-time") return "2026-11-22T09:00:00.000Z";
    const candidates = [
      schema.default, "abcd", "1m", "USD", "+6281100000001", "62", "en", "09:00", "0 9 * * 1",
      `sha256=${"0".repeat(64)}`, `${schema.pattern?.slice(1, 5) ?? ""}1`,
    ];
    const pattern = new RegExp(schema.pattern ?? "", "u");
    const found = candidates.find((each) => typeof each === "string" && pattern.test(each));
    assert.ok(typeof found === "string", `no text fits ${schema.pattern}`);
    return found;
  }
}

interface Fault {
  readonly method: string;
  readonly path: string;
  readonly params: unknown;
}

function step(name: string): string {
  return /^[a-z0-9_]+$/i.test(name) ? `.${name}` : `["${name}"]`;
}

/** Every place of a value, replaced by something of another type. */
function* broken(
  maker: Maker,
  schema: Schema,
  value: unknown,
  path: string,
): Generator<[string, unknown]> {
  const cases = maker.cases(schema);
  if (cases.length > 1) {
    for (const each of cases) yield* broken(maker, each, maker.value(each), path);
    return;
  }
  const plain = maker.plain(schema);
  if (plain.type === undefined) return;
  const wrong = plain.type === "boolean" ? 1 : true;
  yield [path, wrong];
  if (plain.type === "integer") yield [path, 1.5];
  if (plain.pattern !== undefined) yield [path, "\u0001"];
  if (plain.type === "array") {
    const [item, ...others] = value as unknown[];
    for (const [inner, each] of broken(maker, plain.items ?? {}, item, `${path}[0]`)) {
      yield [inner, [each, ...others]];
    }
  }
  if (plain.type !== "object") return;
  const members = value as Record<string, unknown>;
  for (const [name, member] of Object.entries(members)) {
    const { additionalProperties: additional } = plain;
    const each = plain.properties?.[name] ?? (typeof additional === "object" ? additional : {});
    for (const [inner, changed] of broken(maker, each, member, path + step(name))) {
      yield [inner, { ...members, [name]: changed }];
    }
  }
  for (const name of plain.required ?? []) {
    const { [name]: _, ...others } = members;
    yield [`${path}.${name}`, others];
  }
}

function* allFaults(document: Document, maker: Maker): Generator<Fault> {
  for (const method of document.methods) {
    const properties = Object.fromEntries(method.params.map((each) => [each.name, each.schema]));
    const required = method.params.filter((each) => each.required).map((each) => each.name);
    const schema = { type: "object", properties, required };
    // Fields that another field is needed for are left out: each is broken alone.
    const needed = Object.fromEntries(
      required.map((name) => [name, maker.value(properties[name] ?? {})]));
    for (const [name, each] of Object.entries(properties)) {
      const whole = { ...needed, [name]: maker.value(each) };
      for (const [path, params] of broken(maker, schema, whole, "params")) {
        if (path !== "params" && path.startsWith(`params.${name}`)) {
          yield { method: method.name, path, params };
        }
      }
    }
  }
}

/** Cells of a guest list: the service reads whatever stands there, as spreadsheets write it. */
function isCell(fault: Fault): boolean {
  const isList = ["guest.import", "guest.create", "campaign.test"].includes(fault.method);
  return isList && /\.(external_id|name|phone)$/.test(fault.path);
}

/** The same call without a check of ours: what the service itself says. */
async function asked(client: Client, fault: Fault): Promise<RefusedError> {
  const unchecked: Method<unknown, unknown> = {
    name: fault.method, check: () => undefined, repeat: "always",
  };
  try {
    await client.call(unchecked, fault.params);
  } catch (error) {
    if (error instanceof RefusedError) return error;
    throw error;
  }
  throw new Error(`${fault.method} took ${JSON.stringify(fault.params)}`);
}

const options = { timeout: limit };

test("client and service find the same wrong value in every type", options, async (context) => {
  const client = await connected(context, memoryService());
  const document = (await client.rpc.discover()) as unknown as Document;
  const known = methods as unknown as Readonly<Record<string, Method<never, unknown>>>;
  const maker = new Maker(document);
  const differences: string[] = [];
  let [count, passed] = [0, 0];
  const check = async (fault: Fault): Promise<void> => {
    const method = known[fault.method];
    if (!method) return;
    const ours = method.check(fault.params);
    const theirs = await asked(client, fault);
    count += 1;
    // What depends on other fields, or on what there is, is the service's to judge.
    if (!ours) passed += 1;
    const [path, reason] = [`params${ours?.path ?? ""}`, ours?.reason];
    const place = String(theirs.data["path"]);
    // Where an object is missing the service names what is missing in it.
    const isSame = path === place || (reason === "required" && place.startsWith(`${path}.`));
    if (theirs.code === -32602 && isSame) return;
    differences.push(`${fault.method} ${fault.path}: ${path} ${reason}, but ${theirs.message}`);
  };
  const faults = [...allFaults(document, maker)].filter((fault) => !isCell(fault));
  for (let start = 0; start < faults.length; start += 64) {
    await Promise.all(faults.slice(start, start + 64).map(check));
  }
  context.diagnostic(`${count} wrong calls; ${passed} of them only the service refused`);
  assert.deepEqual(differences, []);
  assert.equal(passed, 0);
  assert.ok(count > 1000);
  await client.close();
});

test("no check refuses what is right", options, async (context) => {
  const client = await connected(context, memoryService());
  const document = (await client.rpc.discover()) as unknown as Document;
  const known = methods as unknown as Readonly<Record<string, Method<never, unknown>>>;
  const maker = new Maker(document);
  let count = 0;
  const take = (name: string, what: string, params: unknown): void => {
    assert.equal(known[name]?.check(params), undefined, `${name}, ${what}`);
    count += 1;
  };
  for (const { name, params, examples } of document.methods) {
    for (const example of examples) {
      take(name, example.name,
        Object.fromEntries(example.params.map((each) => [each.name, each.value])));
    }
    for (const param of params) {
      for (const schema of maker.cases(param.schema)) {
        const others = params.filter((each) => each.required && each !== param)
          .map((each) => [each.name, maker.value(each.schema)] as const);
        take(name, param.name,
          { ...Object.fromEntries(others), [param.name]: maker.value(schema) });
      }
    }
  }
  context.diagnostic(`${count} right calls`);
  assert.ok(count > 400);
});
