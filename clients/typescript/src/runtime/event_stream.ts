import { GoneError, InvalidParamsError } from "../generated/errors.js";
import type { EventData } from "../generated/events.js";
import * as methods from "../generated/methods.js";
import type { Event, EventKind, EventsSubscribeParams } from "../generated/types.js";
import { EventsLostError } from "./errors.js";
import { Feed } from "./feed.js";
import type { FollowOptions } from "./feed.js";
import type { Session } from "./session.js";

/** An event of a kind that this client knows, with its data. */
export type EventOf<Kind extends keyof EventData> = Kind extends keyof EventData
  ? Omit<Event, "kind" | "data"> & { readonly kind: Kind; readonly data: EventData[Kind] }
  : never;

/** Whether an event is of a kind; then its data is known. */
export function isEvent<Kind extends keyof EventData>(
  event: Pick<Event, "kind">,
  kind: Kind,
): event is EventOf<Kind> {
  return event.kind === kind;
}

/** Which events are followed, and how. */
export interface EventOptions extends FollowOptions {
  /** `throw`, by default: an `EventsLostError`. `tell`: an event `lagged`, and it goes on. */
  readonly gaps?: "throw" | "tell" | undefined;
  /** Events that wait for the reader, after which the service keeps the rest. Default: 10,000. */
  readonly buffer?: number | undefined;
}

/** Which events are followed. */
export interface EventFilter<Kind extends EventKind = EventKind>
  extends Omit<EventsSubscribeParams, "kinds"> {
  /** Only of these kinds. */
  readonly kinds?: readonly Kind[] | null | undefined;
}

/**
 * Events, each once and in order, over as many connections as it takes. It says when it could not:
 * what the service no longer has is an `EventsLostError`, never a silent gap.
 */
export class EventStream<Item = Event> extends Feed<Item> {
  readonly #filter: EventsSubscribeParams;
  readonly #tellsGaps: boolean;
  readonly #bound: number;
  /** Events that came, from `#head` on; the rest was taken. */
  #events: Event[] = [];
  #head = 0;
  #seen: number | undefined;
  #taken: number | undefined;
  #subscription: string | undefined;
  #isFull = false;

  constructor(session: Session, filter: EventsSubscribeParams, options: EventOptions) {
    super(session, options);
    this.#filter = filter;
    this.#tellsGaps = options.gaps === "tell";
    this.#bound = Math.max(1, options.buffer ?? 10_000);
    this.#seen = this.#taken = filter.after_sequence ?? undefined;
    this.begin();
  }

  /** The last event that was read; a later stream goes on with it as `after_sequence`. */
  get sequence(): number | undefined {
    return this.#taken;
  }

  override lost(reason: Error): void {
    this.#subscription = undefined;
    // What waits is read first; then it goes on.
    if (!this.#isFull) super.lost(reason);
  }

  protected take(): { readonly item: Item } | undefined {
    const event = this.#events[this.#head];
    if (event === undefined) return undefined;
    this.#head += 1;
    this.#taken = event.sequence;
    if (this.#head === this.#events.length) {
      this.#events = [];
      this.#head = 0;
      if (this.#isFull) {
        this.#isFull = false;
        this.open();
      }
    }
    return { item: event as unknown as Item };
  }

  protected subscribe(): Promise<void> {
    const params = this.#seen === undefined
      ? this.#filter : { ...this.#filter, after_sequence: this.#seen };
    return this.session.subscribe(
      methods.eventsSubscribe,
      params,
      (event) => this.#receive(event as Event & { readonly subscription_id: string }),
      {
        timeout: this.patience,
        onAnswer: (answer) => {
          this.#subscription = answer.subscription_id;
          this.answered();
          // From here on, also if the connection is lost before the first event.
          if (this.#seen === undefined) this.#seen = this.#taken = answer.sequence;
        },
      },
    );
  }

  protected unsubscribe(): void {
    const subscription = this.#subscription;
    if (subscription === undefined) return;
    this.#subscription = undefined;
    this.session.forget(subscription);
    if (!this.session.isConnected) return;
    const params = { subscription_id: subscription };
    // It may be over by itself meanwhile.
    this.session.call(methods.eventsUnsubscribe, params).catch(() => undefined);
  }

  protected refused(error: unknown): void {
    if (error instanceof GoneError) {
      const oldest = error.data["oldest_sequence"];
      const resumeAfter = typeof oldest === "number" ? oldest - 1 : (this.#seen ?? 0);
      if (!this.#tellsGaps) throw new EventsLostError("gone", resumeAfter, error);
      this.#put(this.#gap(resumeAfter));
      this.#seen = resumeAfter;
      this.open();
      return;
    }
    const isAhead = error instanceof InvalidParamsError
      && error.data["path"] === "params.after_sequence";
    // Only a service with another history knows of less than it has told.
    if (isAhead) throw new EventsLostError("restarted", 0, error);
    throw error;
  }

  #receive(notification: Event & { readonly subscription_id: string }): void {
    if (this.hasEnded || notification.subscription_id !== this.#subscription) return;
    const { subscription_id: _, ...event } = notification;
    if (event.kind === "lagged") {
      this.#subscription = undefined;
      this.session.forget(notification.subscription_id);
      this.#seen = event.sequence;
      if (!this.#tellsGaps) {
        this.finish({ error: new EventsLostError("lagged", event.sequence) });
        return;
      }
      this.#put(event);
      this.open();
      return;
    }
    if (this.#seen !== undefined && event.sequence <= this.#seen) return;
    this.#seen = event.sequence;
    this.#put(event);
    if (this.#events.length - this.#head < this.#bound) return;
    this.#isFull = true;
    this.unsubscribe();
  }

  #put(event: Event): void {
    this.#events.push(event);
    this.deliver();
  }

  /** What the service says itself where it notices a gap while it tells. */
  #gap(resumeAfter: number): Event {
    const missed = resumeAfter - (this.#seen ?? 0);
    return {
      sequence: resumeAfter,
      at: new Date().toISOString(),
      kind: "lagged",
      project_id: null,
      campaign_id: null,
      execution_id: null,
      guest_id: null,
      message_id: null,
      by: { kind: "clock", name: null },
      data: { missed, resume_after: resumeAfter },
    };
  }
}
