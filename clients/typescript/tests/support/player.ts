import * as assert from "node:assert/strict";

import { ConnectionLostError, RefusedError } from "operation-center/node";
import type { Client, EventFilter, EventStream } from "operation-center/node";

import type { Door } from "./door.js";
import { readEvents } from "./raw_socket.js";
import type { TcpService } from "./service.js";

/** A step of `conformance/scenario.json`. Which members there are depends on what it does. */
export interface Step {
  readonly do: string;
  readonly method: string;
  readonly params: Values;
  readonly expect?: Values;
  readonly bind?: Readonly<Record<string, string>>;
  readonly count: number;
  readonly lost?: boolean;
  readonly kind: string;
  readonly in_flight?: number;
  readonly stream: string;
  readonly filter: Values;
  readonly event: Values;
  readonly items: number;
  readonly distinct: string;
  readonly until: Values;
}

type Values = Readonly<Record<string, unknown>>;

/** What stands in a value: `items.0.id`. */
function at(value: unknown, path: string): unknown {
  return path.split(".").reduce((inner, step) => (inner as Values)[step], value);
}

/** Whether everything that is expected is there; more may be. */
function matches(value: unknown, expected: unknown): boolean {
  if (Array.isArray(expected)) {
    return Array.isArray(value) && value.length === expected.length
      && expected.every((each, index) => matches(value[index], each));
  }
  if (typeof expected !== "object" || expected === null) return value === expected;
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(expected).every(([name, each]) => matches((value as Values)[name], each));
}

/** Whether a filter lets an event through. */
function isWanted(event: Values, filter: Values): boolean {
  const kinds = filter["kinds"] as readonly unknown[] | undefined;
  return (kinds?.includes(event["kind"]) ?? true)
    && ["project_id", "campaign_id"].every((name) =>
      filter[name] === undefined || filter[name] === event[name]);
}

/** A stream that is read to the end of the play. */
class Followed {
  readonly filter: Values;
  readonly #events: Values[] = [];
  readonly #stream: EventStream;
  readonly #reading: Promise<void>;
  #look: () => void = () => undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(stream: EventStream, filter: Values) {
    this.filter = filter;
    this.#stream = stream;
    this.#reading = this.#read();
  }

  /** Waits for an event, and gives all that were told up to the number of the last one. */
  async until(expected: unknown, last = Infinity): Promise<readonly Values[]> {
    for (let next = 0; ; next += 1) {
      while (next === this.#events.length) {
        if (this.#failure) throw this.#failure.error;
        await new Promise<void>((resolve) => {
          this.#look = resolve;
        });
      }
      if (matches(this.#events[next], expected)) break;
    }
    return this.#events.filter((each) => Number(each["sequence"]) <= last);
  }

  async close(): Promise<void> {
    await this.#stream.return();
    await this.#reading;
  }

  async #read(): Promise<void> {
    try {
      for await (const event of this.#stream) {
        this.#events.push(event as unknown as Values);
        this.#look();
      }
    } catch (error) {
      this.#failure = { error };
      this.#look();
    }
  }
}

/** A call in flight, and what is to come of it. */
interface Begun {
  readonly answer: Promise<unknown>;
  readonly expected: unknown;
  readonly isLost: boolean;
  isSettled: boolean;
}

/** Plays steps through a client; the service and the door to it are the test's own. */
export class Player {
  /** How many calls were not answered when the service was killed, over all kills. */
  inFlight = 0;
  readonly #client: Client;
  readonly #service: TcpService;
  readonly #door: Door;
  readonly #names = new Map<string, unknown>();
  readonly #followed = new Map<string, Followed>();
  #begun: Begun[] = [];

  constructor(client: Client, service: TcpService, door: Door) {
    this.#client = client;
    this.#service = service;
    this.#door = door;
  }

  async play(steps: readonly Step[]): Promise<void> {
    for (const step of steps) {
      try {
        await this.#play(step);
      } catch (error) {
        throw new Error(`while playing ${JSON.stringify(step).slice(0, 300)}: ${error}`);
      }
    }
  }

  async close(): Promise<void> {
    for (const each of this.#followed.values()) await each.close();
  }

  #play(step: Step): void | Promise<void> {
    switch (step.do) {
      case "follow": return this.#follow(step);
      case "call": return this.#call(step);
      case "refused": return this.#refused(step);
      case "begin": return this.#begin(step);
      case "answered": return this.#answered(step);
      case "hold": return this.#hold();
      case "durable": return this.#durable(step);
      case "stop": return this.#service.stop();
      case "kill": return this.#kill(step);
      case "start": return this.#start();
      case "settle": return this.#settle();
      case "await": return this.#await(step);
      case "count": return this.#count(step);
      case "compare": return this.#compare(step);
      default: throw new Error("no such step");
    }
  }

  /** A value with names and numbers put in. */
  #filled(value: unknown, number = 0): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#filled(each, number));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [name, this.#filled(each, number)]));
    }
    if (typeof value !== "string") return value;
    if (!value.startsWith("$")) return value.replaceAll("{n}", `${number}`.padStart(4, "0"));
    assert.ok(this.#names.has(value.slice(1)), value);
    return this.#names.get(value.slice(1));
  }

  #send(step: Step, number = 0): Promise<unknown> {
    const params = this.#filled(step.params ?? {}, number);
    return this.#client.request(step.method as never, params as never) as Promise<unknown>;
  }

  async #follow(step: Step): Promise<void> {
    const filter = this.#filled(step.filter) as Values;
    const stream = this.#client.follow(filter as EventFilter);
    this.#followed.set(step.stream, new Followed(stream, filter));
    // From here on, so that nothing is done before it is followed.
    await stream.ready;
  }

  async #call(step: Step): Promise<void> {
    const answer = await this.#send(step);
    assert.ok(matches(answer, this.#filled(step.expect ?? {})), JSON.stringify(answer));
    for (const [name, path] of Object.entries(step.bind ?? {})) {
      this.#names.set(name, at(answer, path));
    }
  }

  #refused(step: Step): Promise<void> {
    return assert.rejects(this.#send(step), (error: unknown) =>
      error instanceof RefusedError && error.kind === step.kind);
  }

  #begin(step: Step): void {
    for (let number = 0; number < step.count; number += 1) {
      const begun: Begun = {
        answer: this.#send(step, number),
        expected: this.#filled(step.expect ?? {}, number),
        isLost: step.lost ?? false,
        isSettled: false,
      };
      const settle = (): void => {
        begun.isSettled = true;
      };
      begun.answer.then(settle, settle);
      this.#begun.push(begun);
    }
  }

  async #answered(step: Step): Promise<void> {
    await Promise.all(this.#begun.slice(0, step.count).map((each) => each.answer));
  }

  #hold(): void {
    this.#door.isHeld = true;
  }

  /** Waits until so many events are there, without the client. */
  async #durable(step: Step): Promise<void> {
    let count = 0;
    await this.#read((event) => {
      count += matches(event, step.event) ? 1 : 0;
      return count === step.count;
    });
  }

  async #kill(step: Step): Promise<void> {
    const inFlight = this.#begun.filter((each) => !each.isSettled).length;
    assert.ok(inFlight >= (step.in_flight ?? 0), `${inFlight} are in flight`);
    this.inFlight += inFlight;
    await this.#service.kill();
  }

  async #start(): Promise<void> {
    this.#door.isHeld = false;
    await this.#service.start();
  }

  async #settle(): Promise<void> {
    for (const { answer, expected, isLost } of this.#begun) {
      if (isLost) {
        await assert.rejects(answer, (error: unknown) => error instanceof ConnectionLostError);
      } else {
        const found = await answer;
        assert.ok(matches(found, expected), JSON.stringify(found));
      }
    }
    this.#begun = [];
  }

  async #await(step: Step): Promise<void> {
    await this.#stream(step.stream).until(this.#filled(step.event));
  }

  #stream(name: string): Followed {
    const found = this.#followed.get(name);
    if (!found) throw new Error(`nobody follows ${name}`);
    return found;
  }

  async #count(step: Step): Promise<void> {
    const items: unknown[] = [];
    let cursor: unknown = undefined;
    do {
      const params = { ...step.params, ...(cursor === undefined ? {} : { cursor }) };
      const page = await this.#send({ ...step, params }) as Values;
      items.push(...page["items"] as readonly unknown[]);
      cursor = page["next_cursor"] ?? undefined;
    } while (cursor !== undefined);
    assert.equal(items.length, step.items);
    assert.equal(new Set(items.map((each) => at(each, step.distinct))).size, step.items);
  }

  /** What was told, one for one and in order, is what a new connection reads. */
  async #compare(step: Step): Promise<void> {
    const until = this.#filled(step.until);
    const everything = await this.#read((event) => matches(event, until));
    const last = Number(everything.at(-1)?.["sequence"]);
    for (const [name, followed] of this.#followed) {
      const expected = everything.filter((event) => isWanted(event, followed.filter));
      assert.ok(expected.length > 0, name);
      assert.deepEqual(await followed.until(expected.at(-1), last), expected, name);
    }
  }

  #read(isLast: (event: Values) => boolean): Promise<readonly Values[]> {
    return readEvents(this.#service.port, this.#service.token, isLast);
  }
}
