import CampaignEngine
import JSONRPC
import Wire

/// One reader's wish to see a campaign's numbers: the newest only, so there is nothing to be behind with.
struct StatsSubscription: Sendable {
  let id: String
  let connection: UInt64
  let campaign: CampaignID
  let everyMilliseconds: Int64
  /// When they are looked at again, by the clock that is not turned.
  var dueAt: Int64
  /// As they were told last, their moment aside.
  private var told: [UInt8] = []
  /// Its connection says nothing more: it is told once more, if there is anything new.
  var isLast = false
  private(set) var isDone = false

  init(
    id: String, connection: UInt64, campaign: CampaignID, everyMilliseconds: Int64, dueAt: Int64
  ) {
    (self.id, self.connection, self.campaign) = (id, connection, campaign)
    (self.everyMilliseconds, self.dueAt) = (everyMilliseconds, dueAt)
  }

  func isDue(at now: Int64) -> Bool { isLast || dueAt <= now }

  /// A look at the numbers.
  /// - Parameter view: nil where the campaign was deleted, and the project with it perhaps.
  /// - Returns: what is to be told; nil where nothing has changed.
  mutating func news(_ view: CampaignStatsView?, at now: Int64) -> [UInt8]? {
    dueAt = now + everyMilliseconds
    isDone = isLast || view == nil
    guard let view else { return nil }
    let news = view.withoutMoment
    guard news != told else { return nil }
    told = news
    var params = StatsNotification.Params()
    (params.subscription, params.statistics) = (id, view)
    return Notification.encode(StatsNotification.self, params)
  }
}

extension CampaignStatsView {
  /// What says whether anything has changed. The end that is expected moves with the clock alone.
  fileprivate var withoutMoment: [UInt8] {
    var view = self
    view.asOf = AsOf()
    view.rate.expectedEndAt = nil
    return JSON.encode(view)
  }
}
