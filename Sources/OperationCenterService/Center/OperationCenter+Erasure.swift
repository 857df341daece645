import CampaignEngine
import Persistence

/// What was erased still stands in old segments of the journal and in old snapshots, until a newer
/// snapshot makes them superfluous and they are deleted.
extension OperationCenter {
  /// Asks for the snapshot that lets old files go. It is begun once the erasure itself is durable.
  func erasureHappened() {
    guard journal != nil else { return }
    erasureToFinish = engine.state.newestErasure
  }

  var isErasureDue: Bool {
    erasureToFinish != nil && !isSnapshotRunning && ContinuousClock.now >= nextErasureAttempt
  }

  /// Deletes old files, those that a new snapshot has made superfluous or those of an earlier
  /// attempt. Where one cannot be deleted, the next attempt is a minute later.
  func finishErasure(by snapshot: VerifiedSnapshot? = nil) {
    guard erasureToFinish != nil else { return }
    do throws(JournalError) {
      if let snapshot {
        try journal?.snapshotFinished(snapshot, keeping: 1)
      } else {
        try journal?.deletePast()
      }
      erasureToFinish = nil
    } catch {
      configuration.log("old files could not be deleted after an erasure: \(error)")
      postponeErasure()
    }
  }

  func postponeErasure() { nextErasureAttempt = ContinuousClock.now + .seconds(60) }

  /// What on disk is older than an erasure; nothing where all is done.
  func filesOlder(than erasure: Erasure) throws -> [ErasureView.Place] {
    guard let past = try journal?.storedPast() else { return [] }
    var places: [ErasureView.Place] = []
    if past.oldestEvent <= erasure.afterSequence { places.append(.journal) }
    if past.oldestSnapshot.map({ $0 <= erasure.afterSequence }) == true { places.append(.snapshot) }
    if past.hasQuarantine, !places.isEmpty || erasureToFinish != nil { places.append(.quarantine) }
    return places
  }
}

extension StorageChoice.Opened {
  /// The newest erasure, where files that are older are still there.
  var unfinishedErasure: UInt64? {
    guard let erasure = state.newestErasure, journal != nil else { return nil }
    guard let past = try? journal?.storedPast() else { return erasure }
    let isOld = past.oldestEvent <= erasure || (past.oldestSnapshot ?? .max) <= erasure
    return isOld ? erasure : nil
  }
}
