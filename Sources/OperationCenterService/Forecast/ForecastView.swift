import CampaignEngine
import Gateways
import Wire

/// What a forecast says.
package struct ForecastView: WireObject {
  package var campaign = CampaignID.none
  package var status = CampaignStatus.draft
  package var action: CampaignAction?
  package var from = Timestamp.zero
  package var runs: [ForecastRun] = []
  package var spread = ForecastSpread()
  package var profiles: [ProfileForecast]?
  package var asOf = AsOf()

  package init() {}
  package static var schemaName: String { "Forecast" }

  init(_ id: CampaignID, _ status: CampaignStatus, _ action: CampaignAction?, _ asOf: AsOf) {
    (campaign, self.status, self.action) = (id, status, action)
    (from, self.asOf) = (asOf.at, asOf)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("campaign_id", &campaign, "Campaign.")
    try visit.field("status", &status, "Its state.")
    try visit.field(
      "action", &action,
      "start, resume or continue, where that is taken to happen at once; else null.")
    try visit.field("from", &from, "Where the play begins.")
    try visit.field(
      "runs", &runs, "What came of it, once for each seed; by profile, where they were asked for.")
    try visit.field("spread", &spread, "The same over all plays.")
    try visit.field(
      "profiles", &profiles, "The same over the seeds of each profile, where they were asked for.",
      .omittable)
    try visit.field("as_of", &asOf, "The state that was played.")
  }
}

/// How it goes with guests of one kind.
package struct ProfileForecast: WireObject {
  package var profile = SimulatedGuests.Profile.eager
  package var spread = ForecastSpread()

  package init() {}

  init(_ profile: SimulatedGuests.Profile, _ spread: ForecastSpread) {
    (self.profile, self.spread) = (profile, spread)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("profile", &profile, "How the guests behave.")
    try visit.field("spread", &spread, "The numbers over all seeds.")
  }
}

/// The campaign's numbers at the end of one play, with all that was so before.
package struct ForecastRun: WireObject {
  package var seed: UInt64 = 0
  package var profile: SimulatedGuests.Profile?
  package var finishedAt: Timestamp?
  package var executions = WireMap<Int>()
  package var outcomes = WireMap<Int>()
  package var messages = WireMap<Int>()
  package var replies = 0
  package var rsvp = RSVPCounts()
  package var cost = CostSums()

  package init() {}

  init(seed: UInt64, _ id: CampaignID, in state: State) {
    let row = state[id]
    let counters = row.counters
    let symbols = state.project(of: id.space).symbols
    self.seed = seed
    finishedAt = row.status.isEnded ? row.endedAt.nilIfZero : nil
    executions = WireMap(ExecutionStatus.self, counters.executions)
    for item in counters.outcomes { outcomes[symbols[item.symbol]] = item.count }
    messages["total"] = counters.messages.reduce(0, +)
    messages.entries += WireMap(MessageStatus.self, counters.messages, without: .received).entries
    replies = counters.inboundRouted + counters.inboundUnrouted
    rsvp = RSVPCounts(
      counters.sums(ofEvent: state.eventIndex(of: id), in: state.project(of: id.space)))
    cost = CostSums(counters, currency: state.sender(ofSpace: id.space).row.currency)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("seed", &seed, "Seed of the guests.")
    try visit.field("profile", &profile, "How they behave, where it was asked for.", .omittable)
    try visit.field(
      "finished_at", &finishedAt, "When the campaign ended; null where it does not end.")
    try visit.field("executions", &executions, "Executions by status.")
    try visit.field("outcomes", &outcomes, "Completed ones by outcome.")
    try visit.field("messages", &messages, "Outbound messages by status.")
    try visit.field("replies", &replies, "Messages that guests wrote.")
    try visit.field("rsvp", &rsvp, "The audience by answer.")
    try visit.field("cost", &cost, "Sums in micros.")
  }
}

/// The least, the middle and the most over all seeds.
package struct ForecastSpread: WireObject {
  package var finishedAt: TimeSpread?
  package var messages = CountSpread()
  package var replies = CountSpread()
  package var billedMicros = CountSpread()
  package var savedMicros = CountSpread()
  package var headsAttending = CountSpread()
  package var rsvp = WireMap<CountSpread>()
  package var outcomes = WireMap<CountSpread>()

  package init() {}

  init(_ runs: [ForecastRun]) {
    finishedAt = TimeSpread(runs.compactMap(\.finishedAt))
    messages = CountSpread(runs.map { Int64($0.messages["total"] ?? 0) })
    replies = CountSpread(runs.map { Int64($0.replies) })
    billedMicros = CountSpread(runs.map(\.cost.billedMicros))
    savedMicros = CountSpread(runs.map(\.cost.savedMicros))
    headsAttending = CountSpread(runs.map(\.rsvp.heads.attending))
    rsvp = Self.spreads(runs.map(\.rsvp.guests))
    outcomes = Self.spreads(runs.map(\.outcomes))
  }

  /// A key that a run lacks counts as zero there.
  private static func spreads(_ maps: [WireMap<Int>]) -> WireMap<CountSpread> {
    var spreads = WireMap<CountSpread>()
    for key in maps.flatMap(\.keys) where spreads[key] == nil {
      spreads[key] = CountSpread(maps.map { Int64($0[key] ?? 0) })
    }
    return spreads
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("finished_at", &finishedAt, "When it ends, of the plays in which it does.")
    try visit.field("messages", &messages, "Outbound messages.")
    try visit.field("replies", &replies, "Messages that guests write.")
    try visit.field("billed_micros", &billedMicros, "What delivered messages cost.")
    try visit.field("saved_micros", &savedMicros, "What free text saves.")
    try visit.field("heads_attending", &headsAttending, "People who come to the main event.")
    try visit.field("rsvp", &rsvp, "Guests by answer.")
    try visit.field("outcomes", &outcomes, "Completed executions by outcome.")
  }
}

package struct CountSpread: WireObject {
  package var least: Int64 = 0
  package var median: Int64 = 0
  package var most: Int64 = 0

  package init() {}

  init(_ values: [Int64]) {
    let sorted = values.sorted()
    guard let first = sorted.first else { return }
    (least, median, most) = (first, sorted[(sorted.count - 1) / 2], sorted[sorted.count - 1])
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("min", &least, "The least.")
    try visit.field("median", &median, "The middle one; of two in the middle the lower.")
    try visit.field("max", &most, "The most.")
  }
}

package struct TimeSpread: WireObject {
  package var earliest = Timestamp.zero
  package var median = Timestamp.zero
  package var latest = Timestamp.zero

  package init() {}

  init?(_ times: [Timestamp]) {
    let sorted = times.sorted()
    guard let first = sorted.first else { return nil }
    (earliest, median, latest) = (first, sorted[(sorted.count - 1) / 2], sorted[sorted.count - 1])
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("min", &earliest, "The earliest.")
    try visit.field("median", &median, "The middle one; of two in the middle the earlier.")
    try visit.field("max", &latest, "The latest.")
  }
}
