import type { Client } from "../client.js";
import { eventKinds } from "../generated/events.js";
import type {
  CampaignCreateParams,
  CampaignId,
  CampaignListParams,
  CampaignView,
} from "../generated/types.js";
import type { EventFilter } from "../runtime/event_stream.js";
import { Store } from "./store.js";
import type { StoreOptions } from "./store.js";

/** Which campaigns. */
export type CampaignsFilter = Omit<CampaignListParams, "cursor" | "limit">;

/** What tells of a campaign itself, and not of its guests. */
export const campaignKinds = eventKinds.filter((kind) => kind.startsWith("campaign_"));

/** The campaigns of a project, and what can be done with them. */
export class CampaignsStore extends Store<readonly CampaignView[]> {
  readonly #filter: CampaignsFilter;

  constructor(client: Client, filter: CampaignsFilter, options?: StoreOptions) {
    super(client, options);
    this.#filter = filter;
  }

  readonly create = (
    params: Omit<CampaignCreateParams, "project_id">,
  ): Promise<CampaignView | undefined> =>
    this.act(() =>
      this.client.campaigns.create({ ...params, project_id: this.#filter.project_id }));

  readonly start = (campaign: CampaignId): Promise<unknown> =>
    this.act(() => this.client.campaigns.start({ campaign_id: campaign }));

  readonly pause = (campaign: CampaignId): Promise<unknown> =>
    this.act(() => this.client.campaigns.pause({ campaign_id: campaign }));

  readonly resume = (campaign: CampaignId): Promise<unknown> =>
    this.act(() => this.client.campaigns.resume({ campaign_id: campaign }));

  readonly cancel = (campaign: CampaignId): Promise<unknown> =>
    this.act(() => this.client.campaigns.cancel({ campaign_id: campaign }));

  readonly delete = (campaign: CampaignId): Promise<unknown> =>
    this.act(() => this.client.campaigns.delete({ campaign_id: campaign }));

  protected events(): EventFilter {
    return { project_id: this.#filter.project_id, kinds: campaignKinds };
  }

  protected read(): Promise<readonly CampaignView[]> {
    return this.client.campaigns.list({ ...this.#filter, limit: 500 }).all();
  }
}
