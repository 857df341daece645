import { ProtocolError } from "./errors.js";
import type { Caller, CallOptions, Method } from "./method.js";

/** What every page has. */
export interface PageLike {
  readonly next_cursor?: string | null | undefined;
}

/**
 * A list that comes in pages. Awaited it is the first page; in a `for await` it is every item of
 * every page, each page asked for when it is needed. Nothing is sent before either.
 */
export class Pages<Page extends PageLike, Item> implements Promise<Page>, AsyncIterable<Item> {
  readonly [Symbol.toStringTag] = "Pages";
  readonly #get: (cursor: string | undefined) => Promise<Page>;
  #first: Promise<Page> | undefined;

  constructor(
    caller: Caller,
    method: Method<never, Page> | Method<{ readonly cursor?: string | null | undefined }, Page>,
    params: { readonly cursor?: string | null | undefined },
    options?: CallOptions,
  ) {
    const given = method as Method<typeof params, Page>;
    this.#get = (cursor) =>
      caller.call(given, cursor === undefined ? params : { ...params, cursor }, options);
  }

  /** The first page; asked for once. */
  first(): Promise<Page> {
    this.#first ??= this.#get(undefined);
    return this.#first;
  }

  /** Page after page. */
  async *pages(): AsyncGenerator<Page, void, undefined> {
    let page = await this.first();
    let cursor: string | null | undefined;
    for (;;) {
      yield page;
      const next = page.next_cursor;
      if (next === null || next === undefined) return;
      // Whoever went on with the same cursor would never come to an end.
      if (next === cursor) throw new ProtocolError("a page leads to itself");
      cursor = next;
      page = await this.#get(cursor);
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) {
      yield* (page as { readonly items?: readonly Item[] }).items ?? [];
    }
  }

  /** All items, or the first ones. */
  async all(limit = Infinity): Promise<Item[]> {
    const items: Item[] = [];
    if (limit <= 0) return items;
    for await (const item of this) {
      items.push(item);
      if (items.length >= limit) break;
    }
    return items;
  }

  then<Value = Page, Failure = never>(
    onValue?: ((page: Page) => Value | PromiseLike<Value>) | null,
    onFailure?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return this.first().then(onValue, onFailure);
  }

  catch<Failure = never>(
    onFailure?: ((error: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Page | Failure> {
    return this.first().catch(onFailure);
  }

  finally(onEnd?: (() => void) | null): Promise<Page> {
    return this.first().finally(onEnd);
  }
}
