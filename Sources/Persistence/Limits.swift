/// Sizes that no file may exceed and that bound what a reader allocates.
enum Limits {
  /// No sequence comes near it, so counting on from any sequence read cannot overflow.
  static let lastSequence: UInt64 = 1 << 62
  /// A group is sealed at the first end of a command past this size, so that one damaged group costs little
  /// and a reader needs little memory.
  static let sealedGroupBytes = 1 << 20
  /// The most that one command may write. The largest frame is 6 MiB, so only a fault comes near it.
  static let groupBytes = 256 << 20
  /// The most in one block of a snapshot.
  static let snapshotBlockBytes = 64 << 20
  /// A snapshot is synced after this much, so that one huge flush never holds up the journal.
  static let snapshotSyncBytes = 8 << 20
  /// How much a reader takes from a file at a time.
  static let readBytes = 1 << 20
  /// Memory that the open group may keep for the next one.
  static let keptBufferBytes = 8 << 20
}
