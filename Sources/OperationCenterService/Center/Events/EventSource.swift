import CampaignEngine

/// What events are told from, as it is between two changes.
struct EventSource {
  let history: EventHistory
  let state: State
  /// The newest event that may be told.
  let durable: UInt64

  /// The event of this number, if there is something to tell and the filter wants it.
  func event(_ sequence: UInt64, matching filter: EventFilter) -> EventView? {
    guard let kind = history.kind(of: sequence), filter.matches(kind),
      let record = history[sequence]
    else { return nil }
    return event(record, matching: filter)
  }

  /// The same for a record whose kind is wanted.
  func event(_ record: EventHistory.Record, matching filter: EventFilter) -> EventView? {
    guard
      let event = state.publicEvent(
        kind: record.kind, payload: record.payload, inbound: record.inbound),
      filter.matches(event)
    else { return nil }
    return EventView(event, record)
  }

  /// The end of a subscription that the history has overtaken; a new one may begin where this one says.
  func lagged(_ subscription: EventSubscription) -> EventView {
    var data = LaggedData()
    data.resumeAfter = history.oldest - 1
    data.missed = data.resumeAfter - subscription.place
    return EventView(
      data, sequence: data.resumeAfter, at: state.now, project: subscription.filter.onlyProject)
  }
}
