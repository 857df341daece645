extension DelayNode {
  package var waitsForEvent: Bool { relativeToEvent != nil }

  /// A time that has passed, or a delay of no length, is passed at once by whoever comes again.
  package var alwaysHolds: Bool { span.map { $0 > .zero } ?? false }

  /// Of a moment it is not known how far off it is.
  package func window(leavingBy handle: String) -> WindowChange {
    span.map { $0 >= SessionWindow.length } ?? true ? .closes : .none
  }

  package func departure(
    by handle: String, from arrival: Timestamp, in project: Project
  ) -> Timestamp {
    if let span { return arrival + span }
    if let until { return until }
    guard let offset = relativeToEvent, let index = project.eventIndex(of: offset.event) else {
      return arrival
    }
    // A time of that day may lie a day before the offset's own, and a day may be longer than usual.
    let slack = TimeSpan.hours((offset.at == nil ? 0 : -24) - (offset.offset.days == 0 ? 0 : 2))
    return project.events[index].startsAt + offset.offset.usualLength + slack
  }

  package func longestStay(
    in campaign: CampaignID, at now: Timestamp, _ state: State
  ) -> TimeSpan {
    if let span { return span }
    let moment = until ?? relativeToEvent.flatMap { state.moment(of: $0, space: campaign.space) }
    return max(.zero, (moment ?? now) - now)
  }
}
