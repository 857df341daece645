import type { Client } from "../client.js";
import type {
  CampaignId,
  CampaignScheduleParams,
  CampaignStartParams,
  CampaignStatsView,
  CampaignView,
} from "../generated/types.js";
import type { EventFilter } from "../runtime/event_stream.js";
import { campaignKinds } from "./campaigns.js";
import { Store } from "./store.js";
import type { StoreOptions } from "./store.js";

/** A campaign and its numbers. */
export interface LiveCampaign {
  readonly campaign: CampaignView;
  readonly statistics: CampaignStatsView;
}

type Rest<Params> = Omit<Params, "campaign_id">;

/** One campaign while it goes, and what can be done with it. */
export class CampaignStore extends Store<LiveCampaign> {
  readonly #campaign: CampaignId;

  constructor(client: Client, campaign: CampaignId, options?: StoreOptions) {
    super(client, options);
    this.#campaign = campaign;
  }

  readonly start = (params: Rest<CampaignStartParams> = {}): Promise<unknown> =>
    this.act(() => this.client.campaigns.start({ ...params, campaign_id: this.#campaign }));

  readonly schedule = (params: Rest<CampaignScheduleParams>): Promise<unknown> =>
    this.act(() => this.client.campaigns.schedule({ ...params, campaign_id: this.#campaign }));

  readonly pause = (): Promise<unknown> =>
    this.act(() => this.client.campaigns.pause({ campaign_id: this.#campaign }));

  readonly resume = (): Promise<unknown> =>
    this.act(() => this.client.campaigns.resume({ campaign_id: this.#campaign }));

  readonly cancel = (): Promise<unknown> =>
    this.act(() => this.client.campaigns.cancel({ campaign_id: this.#campaign }));

  protected events(): EventFilter {
    return { campaign_id: this.#campaign, kinds: campaignKinds };
  }

  /** The numbers come by themselves, the newest only. */
  protected override followMore(): () => void {
    const stream = this.client.followStatistics(this.#campaign);
    const run = async (): Promise<void> => {
      for await (const statistics of stream) {
        const { value } = this.getSnapshot();
        if (value) this.update({ ...value, statistics });
      }
    };
    // What ends the numbers ends the events, too, and is told there.
    run().catch(() => undefined);
    return () => void stream.return();
  }

  protected async read(): Promise<LiveCampaign> {
    const params = { campaign_id: this.#campaign };
    const [campaign, statistics] = await Promise.all([
      this.client.campaigns.get(params),
      this.client.stats.campaign(params),
    ]);
    return { campaign, statistics };
  }
}
