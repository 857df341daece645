import CampaignEngine
import JSONRPC
import Wire

/// Telling the numbers of campaigns: the newest only, so there is nothing to be behind with.
extension OperationCenter {
  func subscribe(
    toStatisticsOf campaign: CampaignID, everyMilliseconds: Int64
  ) throws -> String {
    let id = try newSubscriptionID()
    statsSubscriptions.append(
      StatsSubscription(
        id: id, connection: caller, campaign: campaign, everyMilliseconds: everyMilliseconds,
        dueAt: configuration.milliseconds()))
    return id
  }

  func unsubscribe(fromStatistics id: String) throws {
    let place = statsSubscriptions.firstIndex { $0.id == id && $0.connection == caller }
    guard let place else { throw Rejection.notFound(id, "Subscription") }
    statsSubscriptions.remove(at: place)
  }

  /// Nil where nobody who has room waits for any.
  var millisecondsToNextStatistics: Int64? {
    guard !statsSubscriptions.isEmpty else { return nil }
    let due = statsSubscriptions.filter { !full.contains($0.connection) }.map(\.dueAt).min()
    return due.map { max(0, $0 - configuration.milliseconds()) }
  }

  /// The state is told as it stands, so only once all of it is durable. Who comes first changes
  /// from turn to turn.
  func tellStatistics() {
    guard !statsSubscriptions.isEmpty, durableSequence == sequence else { return }
    let now = configuration.milliseconds()
    let count = statsSubscriptions.count
    var left = configuration.events.statisticsPerTurn
    firstStatistics = (firstStatistics + 1) % count
    for offset in 0..<count {
      let index = (firstStatistics + offset) % count
      guard isDue(statsSubscriptions[index], at: now) else { continue }
      guard left > 0 else {
        hasUntold = true
        break
      }
      left -= 1
      tell(&statsSubscriptions[index], at: now)
    }
    statsSubscriptions.removeAll(where: \.isDone)
  }

  private func isDue(_ subscription: StatsSubscription, at now: Int64) -> Bool {
    (subscription.isLast || subscription.dueAt <= now) && !full.contains(subscription.connection)
  }

  private func tell(_ subscription: inout StatsSubscription, at now: Int64) {
    subscription.dueAt = now + subscription.everyMilliseconds
    subscription.isDone = subscription.isLast
    guard engine.state.find(subscription.campaign) != nil else {
      // The campaign was deleted, and the project with it perhaps.
      subscription.isDone = true
      return
    }
    var params = StatsNotification.Params()
    params.subscription = subscription.id
    params.statistics = CampaignStatsView(subscription.campaign, in: self)
    let news = params.statistics.withoutMoment
    guard news != subscription.told else { return }
    subscription.told = news
    configuration.notify(
      subscription.connection, Notification.encode(StatsNotification.self, params))
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
