import CampaignEngine
import JSONRPC
import Persistence

/// What was erased still stands in old segments of the journal and in old snapshots, until a newer
/// snapshot makes them superfluous and they are deleted.
extension OperationCenter {
  /// The first erasure needs the key by which erased numbers are hashed. It is on disk before any hash.
  func makeSecretIfNone() throws {
    guard engine.secret.isEmpty, let secretFile else { return }
    do {
      engine.secret = try secretFile.make()
    } catch {
      throw RPCError.storageFailed("The key for erased numbers cannot be kept: \(error.sentence)")
    }
  }

  /// Asks for the snapshot that lets old files go. It is begun once the erasure itself is durable.
  func erasureHappened() {
    guard journal != nil, let newest = engine.state.newestErasure else { return }
    snapshots.erased(after: newest, at: engine.state.now)
  }

  /// Deletes old files, those that a new snapshot has made superfluous or those of an earlier
  /// attempt. Where one cannot be deleted, the next attempt is a minute later.
  func finishErasure(by snapshot: VerifiedSnapshot? = nil) {
    guard snapshots.erasure != nil else { return }
    do throws(JournalError) {
      if let snapshot {
        try journal?.snapshotFinished(snapshot, keeping: 1)
      } else {
        try journal?.deletePast()
      }
      snapshots.erasureEnded()
    } catch {
      configuration.log("old files could not be deleted after an erasure: \(error.sentence)")
      snapshots.postpone(until: .now + SnapshotKeeper.pause)
    }
  }

  /// What on disk is older than an erasure; nothing where all is done.
  func filesOlder(than erasure: Erasure) throws -> [ErasureView.Place] {
    guard let past = try journal?.storedPast() else { return [] }
    var places: [ErasureView.Place] = []
    if past.oldestEvent <= erasure.afterSequence { places.append(.journal) }
    if past.oldestSnapshot.map({ $0 <= erasure.afterSequence }) == true { places.append(.snapshot) }
    if past.hasQuarantine, !places.isEmpty || snapshots.erasure != nil {
      places.append(.quarantine)
    }
    return places
  }
}

extension StorageChoice.Opened {
  /// Those after which files that are older are still there.
  var unfinishedErasure: UnfinishedErasure? {
    guard let newest = state.newestErasure, journal != nil else { return nil }
    // What cannot be listed may hold everything.
    let past = try? journal?.storedPast()
    let oldest = past.map { min($0.oldestEvent, $0.oldestSnapshot ?? .max) } ?? 0
    guard newest >= oldest else { return nil }
    let since = state.firstErasure(notBefore: oldest)
    return UnfinishedErasure(sequence: newest, since: since ?? state.now)
  }
}
