import CampaignEngine
import Persistence

/// What is on disk.
extension OperationCenter {
  /// Asks what a change would be asked, so it is never behind.
  func storageFinding() -> HealthFinding {
    guard isPersistent else { return .ok("Nothing is kept: a restart begins with nothing.") }
    guard journal?.ensureReserve() != false else {
      return .failing("The disk is full: changes are refused until there is room.")
    }
    return .ok("Every change is kept on disk.")
  }

  func journalFinding() -> HealthFinding {
    guard isPersistent else { return .ok("There is no journal.") }
    let (bytes, usual) = (journal?.bytesSinceSnapshot ?? 0, configuration.snapshotBytes)
    let size = "The journal has \(HealthText.bytes(bytes)) since the newest snapshot"
    guard bytes / HealthLimits.journalPerSnapshot <= usual else {
      return .degraded(
        "\(size), where one is due at \(HealthText.bytes(usual)); the next start takes long.")
    }
    return .ok("\(size); the next is made at \(HealthText.bytes(usual)).")
  }

  func snapshotFinding() -> HealthFinding {
    let tally = snapshots.tally
    switch tally.failuresInARow {
    case 0: break
    case 1: return .degraded("The last snapshot failed; the journal goes on without it.")
    default:
      return .degraded(
        "The last \(tally.failuresInARow) snapshots failed; the journal goes on without them.")
    }
    // A new one takes the place of the damaged.
    if journal?.recovery.usedOlderSnapshot == true, tally.made == 0 {
      return .degraded(
        "The newest snapshot was damaged at the start: the state comes from what is older, and from the journal."
      )
    }
    return .ok("No snapshot has failed since the last good one.")
  }

  func erasureFinding() -> HealthFinding {
    guard let since = snapshots.erasure?.since else {
      return .ok("Nothing that was erased is left on disk.")
    }
    let age = now - since
    guard age > HealthLimits.erasure else {
      return .ok("Old files with what was erased are about to go.")
    }
    return .degraded(
      "Old files still hold what was erased \(HealthText.span(age)) ago; they could not be deleted."
    )
  }
}
