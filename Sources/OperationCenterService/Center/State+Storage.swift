import CampaignEngine
import Persistence

/// How stored bytes become a state: at a start and in an offline check alike.
extension State {
  init(restoring snapshot: inout SnapshotReader) throws {
    self.init()
    while let block = try snapshot.next() {
      do {
        try restore(tag: block.tag, payload: Array(block.payload))
      } catch {
        throw UnreadableData(part: .snapshot, sequence: snapshot.sequence, reason: error.sentence)
      }
    }
    do {
      try rebuildIndexes()
    } catch {
      throw UnreadableData(part: .snapshot, sequence: snapshot.sequence, reason: error.sentence)
    }
  }

  mutating func replay(_ event: StoredEvent, payload: [UInt8]) throws {
    do {
      try replay(kind: event.type, version: event.version, payload: payload)
    } catch {
      throw UnreadableData(part: .event, sequence: event.sequence, reason: error.sentence)
    }
  }
}

/// What is whole as bytes, and means nothing to this program.
package struct UnreadableData: Error, CustomStringConvertible {
  package enum Part: Sendable { case event, snapshot }

  package let part: Part
  /// Of the event, or of the last one that the snapshot has seen.
  package let sequence: UInt64
  package let reason: String

  package var message: String {
    switch part {
    case .event: "event \(sequence) of the journal cannot be read: \(reason)"
    case .snapshot: "the snapshot at event \(sequence) cannot be read: \(reason)"
    }
  }

  package var description: String {
    "\(message). No data was changed; start the version that wrote it."
  }
}
