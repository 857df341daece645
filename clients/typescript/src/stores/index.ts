/** Live state for pages; React takes it as it is, and nothing here needs React. */
import type { Client } from "../client.js";
import type { CampaignId } from "../generated/types.js";
import { CampaignStore } from "./campaign.js";
import { CampaignsStore } from "./campaigns.js";
import type { CampaignsFilter } from "./campaigns.js";
import { ExecutionsStore } from "./executions.js";
import type { ExecutionsFilter } from "./executions.js";
import type { Store, StoreOptions } from "./store.js";

export { CampaignStore } from "./campaign.js";
export type { LiveCampaign } from "./campaign.js";
export { CampaignsStore } from "./campaigns.js";
export type { CampaignsFilter } from "./campaigns.js";
export { ExecutionsStore } from "./executions.js";
export type { BulkSelection, ExecutionsFilter, ExecutionsShown } from "./executions.js";
export { Store } from "./store.js";
export type { Snapshot, StoreOptions } from "./store.js";

/** Stores that nobody listens to are kept for whoever comes back, but not for ever. */
const keptStores = 50;

/**
 * All stores of a client. The same question gives the same store, so a component may ask for it
 * each time that it is drawn.
 */
export class Stores {
  readonly #client: Client;
  readonly #options: StoreOptions;
  readonly #stores = new Map<string, Store<unknown>>();

  constructor(client: Client, options: StoreOptions = {}) {
    this.#client = client;
    this.#options = options;
  }

  campaigns(filter: CampaignsFilter): CampaignsStore {
    return this.#kept("campaigns", filter, () =>
      new CampaignsStore(this.#client, filter, this.#options));
  }

  campaign(campaign: CampaignId): CampaignStore {
    return this.#kept("campaign", campaign, () =>
      new CampaignStore(this.#client, campaign, this.#options));
  }

  executions(filter: ExecutionsFilter): ExecutionsStore {
    return this.#kept("executions", filter, () =>
      new ExecutionsStore(this.#client, filter, this.#options));
  }

  #kept<Kept extends Store<unknown>>(name: string, question: unknown, make: () => Kept): Kept {
    const key = `${name} ${canonical(question)}`;
    const found = this.#stores.get(key);
    if (found) return found as Kept;
    this.#dropUnused();
    const made = make();
    this.#stores.set(key, made);
    return made;
  }

  #dropUnused(): void {
    for (const [key, store] of this.#stores) {
      if (this.#stores.size < keptStores) return;
      if (!store.isUsed) this.#stores.delete(key);
    }
  }
}

/** The same text for the same question, in whatever order it was written. */
function canonical(question: unknown): string {
  return JSON.stringify(question, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value);
}
