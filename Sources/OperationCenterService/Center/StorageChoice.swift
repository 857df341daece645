import CampaignEngine
import Persistence

/// Where the service keeps what it knows.
package enum StorageChoice: Sendable {
  case memory
  case journal(storage: any Storage, directory: String, options: JournalOptions)

  /// State, journal and newest event, as a start finds them.
  struct Opened: ~Copyable {
    var state: State
    var journal: Journal?
    var sequence: UInt64
    var history: EventHistory
    /// Nil where nothing outlives the process.
    var secretFile: DataSecret?
    var secret: [UInt8]
  }

  func open(events limits: EventLimits, log: (String) -> Void) throws -> Opened {
    switch self {
    case .memory:
      return Opened(
        state: State(), journal: nil, sequence: 0, history: EventHistory(limits), secretFile: nil,
        secret: DataSecret.random())
    case .journal(let storage, let directory, let options):
      var history = EventHistory(limits, isStored: true)
      var state = State()
      let journal = try Journal.open(
        storage: storage, directory: directory, options: options,
        restore: { snapshot in
          state = try State(restoring: &snapshot)
          history.start(after: snapshot.sequence)
        },
        replay: { event in
          let payload = Array(event.payload)
          try state.replay(event, payload: payload)
          history.append(kind: event.type, payload: payload, at: state.now, by: state.cause)
        })
      history.forgetErased()
      reachBack(&history, journal.past, after: state.newestErasure, log)
      report(journal.recovery, log)
      let sequence = journal.lastSequence
      let file = DataSecret(storage, directory: directory)
      let secret = try file.read()
      if secret == nil, state.hasErasedNames {
        log(
          "the file SECRET is missing: erased numbers that opted out are not recognised until it is restored from a backup"
        )
      }
      return Opened(
        state: state, journal: journal, sequence: sequence, history: history, secretFile: file,
        secret: secret ?? [])
    }
  }

  /// A history that reaches back to the snapshot only is no reason not to start.
  private func reachBack(
    _ history: inout EventHistory, _ past: JournalPast, after erased: UInt64?,
    _ log: (String) -> Void
  ) {
    var beginning: EventHistory.Mark?
    do {
      if let (sequence, block) = try past.beginning() {
        var state = State()
        if let block { try state.restore(tag: SnapshotTag.head.rawValue, payload: block) }
        beginning = EventHistory.Mark(
          sequence: sequence, context: RecordContext(at: state.now, by: state.cause))
      }
    } catch {
      log("events before the newest snapshot cannot be told: \(error)")
    }
    history.reachBack(to: beginning, after: erased)
  }

  private func report(_ recovery: RecoveryReport, _ log: (String) -> Void) {
    for tail in recovery.quarantined {
      log(
        "cut a torn tail of \(tail.byteCount) bytes at offset \(tail.offset) of \(tail.file); it is kept as \(tail.copy)"
      )
    }
    for damage in recovery.damagedSnapshots { log("an older snapshot was used: \(damage)") }
    if !recovery.isNew {
      log(
        "restored events up to \(recovery.lastSequence), \(recovery.replayedEvents) of them from the journal"
      )
    }
  }
}
