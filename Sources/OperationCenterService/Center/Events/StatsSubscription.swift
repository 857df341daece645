import CampaignEngine

/// One reader's wish to see a campaign's numbers.
struct StatsSubscription: Sendable {
  let id: String
  let connection: UInt64
  let campaign: CampaignID
  let everyMilliseconds: Int64
  /// When they are looked at again, by the clock that is not turned.
  var dueAt: Int64
  /// As they were told last, their moment aside.
  var told: [UInt8] = []
  /// Its connection says nothing more: it is told once more, if there is anything new.
  var isLast = false
  var isDone = false
}
