package struct JournalOptions: Sendable {
  package enum SyncPolicy: Sendable {
    /// Every commit is durable when it returns.
    case always
    /// A commit only writes; the owner calls `sync()` at the interval that it chose, and a power cut may
    /// take what came after the last one. A killed process still loses nothing.
    case interval
  }

  package var syncPolicy = SyncPolicy.always
  /// A segment past this size is followed by a new one.
  package var segmentBytes = 64 << 20
  /// Space that must be claimed ahead before a command is accepted: more than any one command writes.
  package var reserveBytes = 8 << 20
  /// How much is claimed at a time, at least the reserve. After a crash a start reads that many zeros.
  package var preallocationBytes = 16 << 20
  /// Stands in `LOCK` for people, such as program and process number.
  package var lockNote = ""
  /// The identifier of a directory made by this call; random if absent.
  package var newStoreID: StoreID?
  /// Whether a directory made by this call is noted down as one of a simulated world.
  package var isSimulated = false

  /// Smaller only in tests.
  var groupBytes = Limits.groupBytes

  package init() {}
}
