import CampaignEngine

/// What WhatsApp reports about a message that it took, in all the orders in which it does.
extension Story {
  mutating func reportDelivery(_ moments: Moments, until last: ReportedStatus) {
    let whatsApp = settings.whatsApp
    let isRead = last == .read
    let hasDelivered = last != .sent
    let isSkipped = isRead && attempt.happens(whatsApp.skippedDeliveries, "skipped delivered")
    let isReordered = hasDelivered && attempt.happens(whatsApp.reorderedReports, "reordered")
    var sentDue = arrival(of: .sent, at: moments.sent, after: moments.taken)
    var deliveredDue = arrival(of: .delivered, at: moments.delivered, after: sentDue)
    let readDue = arrival(of: .read, at: moments.read, after: deliveredDue)
    if isReordered, isRead {
      deliveredDue = readDue + overtaken
    } else if isReordered {
      sentDue = deliveredDue + overtaken
    }
    if attempt.happens(whatsApp.earlyReports, "early report") { sentDue = beforeAnswer(moments) }
    report(.sent, at: moments.sent, due: sentDue, moments)
    if hasDelivered, !isSkipped {
      report(.delivered, at: moments.delivered, due: deliveredDue, moments)
    }
    if isRead { report(.read, at: moments.read, due: readDue, moments) }
  }

  /// A message may fail at once, or after it was sent.
  mutating func reportFailure(_ code: Int64, _ moments: Moments) {
    var earliest = moments.taken
    if attempt.happens(500, "sent before failure") {
      earliest = arrival(of: .sent, at: moments.sent, after: moments.taken)
      report(.sent, at: moments.sent, due: earliest, moments)
    }
    let due = arrival(of: .failed, at: moments.delivered, after: earliest)
    report(.failed, at: moments.delivered, due: due, code: code, moments)
  }

  private mutating func report(
    _ status: ReportedStatus, at time: Timestamp, due: Timestamp, code: Int64? = nil,
    _ moments: Moments
  ) {
    // After a lost answer only our own name can tell which message is meant.
    let isNamed =
      moments.isAnswerLost || !attempt.happens(settings.whatsApp.namelessReports, "nameless")
    let fact = PendingReport.Fact.status(
      status, at: time.inWholeSeconds, code: code, isNamed: isNamed)
    add(fact, due: due)
    if attempt.happens(settings.whatsApp.doubledReports, "doubled report", status.rawValue) {
      add(fact, due: due + attempt.spread(Self.redelivery, "redelivery", status.rawValue))
    }
  }

  /// Webhooks that were not meant to overtake one another come in their order.
  private func arrival(
    of status: ReportedStatus, at time: Timestamp, after previous: Timestamp
  ) -> Timestamp {
    let latency = attempt.spread(settings.whatsApp.webhookLatency, "webhook", status.rawValue)
    return max(time + latency, previous + TimeSpan(milliseconds: 1))
  }

  private var overtaken: TimeSpan { attempt.spread(.seconds(2), "overtaken") }

  /// The last moment at which our send has not been answered yet.
  func beforeAnswer(_ moments: Moments) -> Timestamp {
    max(request.startedAt, moments.taken + TimeSpan(milliseconds: -1))
  }

  /// A webhook that was not acknowledged in time is sent again after about this long.
  static var redelivery: TimeSpan { .seconds(30) }
}

extension Timestamp {
  /// WhatsApp's clock shows whole seconds.
  var inWholeSeconds: Timestamp { Timestamp(milliseconds: milliseconds / 1000 * 1000) }
}
