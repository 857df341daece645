import CampaignEngine

/// Going on with attempts that another gateway began, as far as is known what came of them.
extension Simulator {
  /// A message that was delivered and that nobody answered until now must have a story in which that
  /// is so. Its reports of the past come at once: whoever is still waiting for one gets it.
  package mutating func takeOver(_ attempts: [OpenAttempt], at time: Timestamp) {
    for attempt in attempts {
      for report in story(of: attempt, until: time).reports {
        if report.isInbound, report.due <= time || !attempt.isUnanswered { continue }
        insert(report.named)
      }
    }
  }

  /// So many stories are told until one fits; nearly always the first few do.
  private static let mostStories: UInt64 = 16

  private func story(of attempt: OpenAttempt, until time: Timestamp) -> Story {
    var story = Story(of: attempt.request, seed: seed, settings: settings)
    for number in 1..<Self.mostStories where !fits(story, attempt, until: time) {
      // Any other seed will do, as long as it is always the same.
      let other = seed &+ number &* 0x9E37_79B9_7F4A_7C15
      story = Story(of: attempt.request, seed: other, settings: settings)
    }
    return story
  }

  private func fits(_ story: Story, _ attempt: OpenAttempt, until time: Timestamp) -> Bool {
    let isSilent = !story.reports.contains { $0.isInbound && $0.due <= time }
    let arrives = story.reports.contains { $0.tellsOfDelivery }
    return (isSilent || !attempt.isUnanswered) && (arrives || !attempt.isDelivered)
  }
}

extension PendingReport {
  fileprivate var tellsOfDelivery: Bool {
    if case .status(let status, _, _, _) = fact {
      status == .delivered || status == .read
    } else {
      false
    }
  }

  /// The other gateway's name of the message is not ours, so each report has to carry our own.
  fileprivate var named: PendingReport {
    guard case .status(let status, let at, let code, _) = fact else { return self }
    return PendingReport(
      due: due, attempt: attempt, sender: sender, index: index,
      fact: .status(status, at: at, code: code, isNamed: true))
  }
}
