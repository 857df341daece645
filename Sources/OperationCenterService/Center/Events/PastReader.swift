import CampaignEngine
import JSONRPC
import Persistence

/// A part of the past, as it was read from the journal's segments.
struct PastPage: Sendable {
  var records: [EventHistory.Record] = []
  /// The last event that was looked at.
  var end: UInt64
  /// From where it was read, and from where to go on.
  var begin: EventHistory.Mark?
  var next: EventHistory.Mark?
}

/// Reads the past on another thread. It needs nothing of the state: what a record says by itself is
/// told from it on the actor, at any time later.
struct PastReader: Sendable {
  let past: JournalPast
  let mark: EventHistory.Mark
  let after: UInt64
  /// The newest event that was durable.
  let last: UInt64
  let kinds: Set<PublicKind>?
  let limits: EventLimits

  /// The page behind `after`: some event at least was looked at.
  func page() throws -> PastPage {
    var page = PastPage(end: after)
    var context = mark.context
    var (scannedBytes, tellableBytes) = (0, 0)
    try past.forEachGroup(from: mark.group, holding: mark.sequence) { group, events in
      if let last = events.last, last.sequence >= mark.sequence {
        page.next = EventHistory.Mark(
          sequence: max(events[0].sequence, mark.sequence), context: context, group: group)
        page.begin = page.begin ?? page.next
      }
      for event in events where event.sequence >= mark.sequence {
        let isFull =
          page.records.count >= limits.pastRecords || tellableBytes >= limits.pastBytes
        guard event.sequence <= last, !isFull else { return false }
        let payload = try payload(of: event)
        context.begin(kind: event.type, payload: payload)
        if event.sequence > after {
          page.end = event.sequence
          scannedBytes += payload.count
          if isWanted(event.type) {
            tellableBytes += payload.count
            page.records.append(
              EventHistory.Record(
                sequence: event.sequence, at: context.at, by: context.by,
                inbound: context.inbound, kind: event.type, payload: payload))
          }
        }
        context.end(kind: event.type)
      }
      // Behind the newest event a segment may go on with zeros, which need not be looked through.
      return scannedBytes < limits.pastScanBytes && (events.last?.sequence ?? 0) < last
    }
    guard page.end > after else {
      throw UnreadableData(
        part: .event, sequence: after + 1, reason: "it is not in the segments of the journal")
    }
    return page
  }

  private func isWanted(_ number: UInt16) -> Bool {
    guard let kind = PublicCatalogue.kind(of: number) else { return false }
    return kinds?.contains(kind) ?? true
  }

  private func payload(of event: StoredEvent) throws -> [UInt8] {
    guard event.version == eventVersion else {
      throw UnreadableData(
        part: .event, sequence: event.sequence,
        reason: "it has version \(event.version); this program reads \(eventVersion)")
    }
    return Array(event.payload)
  }
}

extension OperationCenter {
  /// For what is older than memory; nil where nothing that is durable comes after the event.
  func pastReader(after sequence: UInt64, kinds: Set<PublicKind>?) -> PastReader? {
    guard sequence < durableSequence, let past = journal?.past,
      let mark = history.mark(after: sequence)
    else { return nil }
    return PastReader(
      past: past, mark: mark, after: sequence, last: durableSequence, kinds: kinds,
      limits: configuration.events)
  }

  /// What was read, unless that may no longer be told: an erasure may have come in between.
  func taken(_ read: Result<PastPage, any Error>, after sequence: UInt64) throws -> PastPage {
    if case .failure(let error) = read, sequence + 1 >= history.oldest {
      configuration.log("older events cannot be told, since they cannot be read: \(error)")
      history.forgetStored(before: nil)
    }
    guard case .success(let page) = read, sequence + 1 >= history.oldest else {
      throw RPCError.gone(oldest: history.oldest)
    }
    if let next = page.next { history.note(next, after: page.end) }
    return page
  }

  /// After files of the journal were deleted.
  func forgetDeletedEvents() {
    if let past = try? journal?.storedPast() { history.forgetStored(before: past.oldestEvent) }
  }
}
