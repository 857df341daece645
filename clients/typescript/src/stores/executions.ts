import type { Client } from "../client.js";
import { eventKinds } from "../generated/events.js";
import type {
  BulkView,
  ExecutionBulkRetryParams,
  ExecutionId,
  ExecutionItem,
  ExecutionListParams,
} from "../generated/types.js";
import type { EventFilter } from "../runtime/event_stream.js";
import { Store } from "./store.js";
import type { StoreOptions } from "./store.js";

/** Which executions. `limit` says how many are shown at first, and how many `more` adds. */
export type ExecutionsFilter = Omit<ExecutionListParams, "cursor">;

/** The executions that are shown. */
export interface ExecutionsShown {
  readonly items: readonly ExecutionItem[];
  readonly hasMore: boolean;
}

/** Which executions a bulk operation takes: those named, or those that a condition holds for. */
export type BulkSelection = Omit<ExecutionBulkRetryParams, "campaign_id">;

const executionKinds = eventKinds.filter((kind) => kind.startsWith("execution_"));

/** The executions of a campaign that a filter leaves, and what can be done with them. */
export class ExecutionsStore extends Store<ExecutionsShown> {
  readonly #filter: ExecutionsFilter;
  readonly #step: number;
  #shown: number;

  constructor(client: Client, filter: ExecutionsFilter, options?: StoreOptions) {
    super(client, options);
    this.#filter = filter;
    this.#step = this.#shown = filter.limit ?? 50;
  }

  /** Shows more of them. */
  readonly more = (): void => {
    this.#shown += this.#step;
    this.refresh();
  };

  readonly retry = (execution: ExecutionId): Promise<unknown> =>
    this.act(() => this.client.executions.retry({ execution_id: execution }));

  readonly pause = (execution: ExecutionId): Promise<unknown> =>
    this.act(() => this.client.executions.pause({ execution_id: execution }));

  readonly resume = (execution: ExecutionId): Promise<unknown> =>
    this.act(() => this.client.executions.resume({ execution_id: execution }));

  readonly cancel = (execution: ExecutionId): Promise<unknown> =>
    this.act(() => this.client.executions.cancel({ execution_id: execution }));

  readonly bulkRetry = (selection: BulkSelection): Promise<BulkView | undefined> =>
    this.act(() => this.client.executions.bulkRetry(this.#of(selection)));

  readonly bulkPause = (selection: BulkSelection): Promise<BulkView | undefined> =>
    this.act(() => this.client.executions.bulkPause(this.#of(selection)));

  readonly bulkResume = (selection: BulkSelection): Promise<BulkView | undefined> =>
    this.act(() => this.client.executions.bulkResume(this.#of(selection)));

  readonly bulkCancel = (selection: BulkSelection): Promise<BulkView | undefined> =>
    this.act(() => this.client.executions.bulkCancel(this.#of(selection)));

  protected events(): EventFilter {
    return { campaign_id: this.#filter.campaign_id, kinds: executionKinds };
  }

  protected async read(): Promise<ExecutionsShown> {
    // One more than is shown says whether there are more.
    const limit = Math.min(this.#shown + 1, 500);
    const list = this.client.executions.list({ ...this.#filter, limit });
    const items = await list.all(this.#shown + 1);
    return { items: items.slice(0, this.#shown), hasMore: items.length > this.#shown };
  }

  #of(selection: BulkSelection): ExecutionBulkRetryParams {
    return { ...selection, campaign_id: this.#filter.campaign_id };
  }
}
