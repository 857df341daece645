import type { EventData, Notifications } from "./generated/events.js";
import { methods } from "./generated/methods.js";
import { Namespaces } from "./generated/namespaces.js";
import type { CampaignId, Event, TimeSpan } from "./generated/types.js";
import { Batch } from "./runtime/batch.js";
import type { Outcomes } from "./runtime/batch.js";
import { any } from "./runtime/check.js";
import { EventStream } from "./runtime/event_stream.js";
import type { EventFilter, EventOf, EventOptions } from "./runtime/event_stream.js";
import type { FollowOptions } from "./runtime/feed.js";
import type { JsonValue } from "./runtime/json.js";
import type { Caller, CallOptions, Method } from "./runtime/method.js";
import { Session } from "./runtime/session.js";
import type { ClientOptions } from "./runtime/options.js";
import { StatisticsStream } from "./runtime/statistics_stream.js";
import type { Transport } from "./transports/transport.js";

type Methods = typeof methods;
type ParamsOf<Name extends keyof Methods> = Methods[Name] extends Method<infer Params, unknown>
  ? Params : never;
type ResultOf<Name extends keyof Methods> = Methods[Name] extends Method<never, infer Result>
  ? Result : Methods[Name] extends Method<infer _, infer Result> ? Result : never;

/** Connects to a service; rejects where that is not possible. */
export async function connect(transport: Transport, options: ClientOptions = {}): Promise<Client> {
  const session = new Session(transport, options);
  try {
    await session.start();
  } catch (error) {
    await session.close();
    throw error;
  }
  return new Client(session);
}

/**
 * A service of Operation Center. Methods stand in namespaces: `client.campaigns.start(…)`. Any
 * number of calls may be in flight; after a lost connection what may be repeated is called again.
 */
export class Client extends Namespaces implements Caller {
  readonly #session: Session;

  /** Use `connect`. */
  constructor(session: Session) {
    super(session);
    this.#session = session;
  }

  /** Makes a call of a described method; the namespaces do it with this. */
  call<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    options?: CallOptions,
  ): Promise<Result> {
    return this.#session.call(method, params, options);
  }

  /** Calls a method by its name on the wire. */
  request<Name extends keyof Methods>(
    name: Name,
    params: ParamsOf<Name>,
    options?: CallOptions,
  ): Promise<ResultOf<Name>> {
    const method = methods[name] as Method<unknown, unknown>;
    return this.#session.call(method, params, options) as Promise<ResultOf<Name>>;
  }

  /** Calls a method that is newer than this client. After a lost connection it is not repeated. */
  requestUntyped(
    name: string,
    params: { readonly [key: string]: JsonValue } = {},
    options?: CallOptions,
  ): Promise<JsonValue> {
    const method: Method<unknown, JsonValue> = { name, check: any, repeat: "never" };
    return this.#session.call(method, params, options);
  }

  /**
   * Makes several calls with one message: `client.batch((calls) => [calls.campaigns.get(…), …])`.
   * What became of each comes in the same order. A batch is no transaction: each call counts alone.
   */
  batch<Calls extends readonly unknown[]>(
    make: (calls: Namespaces) => readonly [...Calls],
  ): Promise<Outcomes<Calls>> {
    const batch = new Batch(this.#session);
    return batch.send(make(new Namespaces(batch)));
  }

  /**
   * Follows events, from now on or after `after_sequence`. The service is asked at once, so what is
   * called after this is followed.
   */
  follow<Kind extends keyof EventData>(
    filter: EventFilter<Kind> & { readonly kinds: readonly Kind[] },
    options?: EventOptions,
  ): EventStream<EventOf<Kind>>;
  follow(filter?: EventFilter, options?: EventOptions): EventStream<Event>;
  follow(filter: EventFilter = {}, options: EventOptions = {}): EventStream<unknown> {
    return new EventStream(this.#session, filter, options);
  }

  /** Follows the numbers of a campaign. */
  followStatistics(
    campaign: CampaignId,
    options: FollowOptions & {
      /** Time from one to the next at least. Default: half a second. */
      readonly every?: TimeSpan | undefined;
    } = {},
  ): StatisticsStream {
    const { every, ...others } = options;
    return new StatisticsStream(this.#session, { campaign_id: campaign, every }, others);
  }

  /** Hears every notification; `follow` is what most want. Gives back what ends it. */
  onNotification(
    listener: <Name extends keyof Notifications>(name: Name, params: Notifications[Name]) => void,
  ): () => void {
    return this.#session.onNotification(listener as (name: string, params: unknown) => void);
  }

  /** Whether there is a connection now. Without one calls wait, within their limits. */
  get isConnected(): boolean {
    return this.#session.isConnected;
  }

  /** Whether it is over: closed, or lost without a way back. */
  get isClosed(): boolean {
    return this.#session.isClosed;
  }

  /** Ends everything; calls that wait reject with `ClientClosedError`. */
  close(): Promise<void> {
    return this.#session.close();
  }
}
