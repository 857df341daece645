import * as methods from "../generated/methods.js";
import type {
  CampaignStatsView,
  StatsChangedNotification,
  StatsSubscribeParams,
} from "../generated/types.js";
import { Feed } from "./feed.js";
import type { FollowOptions } from "./feed.js";
import type { Session } from "./session.js";

/** The numbers of a campaign as they change; the newest only, for whoever reads slowly. */
export class StatisticsStream extends Feed<CampaignStatsView> {
  readonly #params: StatsSubscribeParams;
  #newest: CampaignStatsView | undefined;
  #subscription: string | undefined;

  constructor(session: Session, params: StatsSubscribeParams, options: FollowOptions) {
    super(session, options);
    this.#params = params;
    this.begin();
  }

  override lost(reason: Error): void {
    this.#subscription = undefined;
    super.lost(reason);
  }

  protected take(): { readonly item: CampaignStatsView } | undefined {
    const item = this.#newest;
    this.#newest = undefined;
    return item && { item };
  }

  protected subscribe(): Promise<void> {
    return this.session.subscribe(
      methods.statsSubscribe,
      this.#params,
      (notification) => {
        if (this.hasEnded) return;
        this.#newest = (notification as StatsChangedNotification).statistics;
        this.deliver();
      },
      {
        timeout: this.patience,
        onAnswer: (answer) => {
          this.#subscription = answer.subscription_id;
          this.answered();
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
    // It may be over with the campaign.
    this.session.call(methods.statsUnsubscribe, params).catch(() => undefined);
  }

  protected refused(error: unknown): void {
    throw error;
  }
}
