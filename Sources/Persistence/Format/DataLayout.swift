/// Where everything is in a data directory. Names and headers describe themselves; there is no list of files
/// that would have to agree with them.
///
/// ```
/// <data>/                       0700, ours
///   LOCK                        held for life by the one process that may write
///   FORMAT                      store identifier and versions (`FormatFile`)
///   WATERMARK                   how far the journal is known durable (`WatermarkSlot`)
///   SECRET                      key of the hashes of erased numbers (`DataSecret`); made when one is needed
///   token, tokens               who may call over TCP; not part of the data, read and written elsewhere
///   journal/<first sequence>.journal     segments (`SegmentHeader`, `GroupHeader`, `StoredEvent`)
///   snapshot/<sequence>.snapshot         (`SnapshotHeader`, `SnapshotBlockHeader`, `SnapshotFooter`)
///   quarantine/<segment>-<offset>.tail   what recovery cut off torn segments
/// ```
///
/// Sequences in names have 20 digits. A file being written ends in `.temporary` and is deleted at the next
/// start. All numbers are little endian, all checksums CRC-32C.
struct DataLayout: Sendable {
  let root: String

  var lock: String { root + "/LOCK" }
  var format: String { root + "/FORMAT" }
  var watermark: String { root + "/WATERMARK" }
  var secret: String { root + "/SECRET" }
  var journal: String { root + "/journal" }
  var snapshots: String { root + "/snapshot" }
  var quarantine: String { root + "/quarantine" }
  var folders: [String] { [journal, snapshots, quarantine] }

  static let temporarySuffix = ".temporary"
  static let segmentSuffix = ".journal"
  static let snapshotSuffix = ".snapshot"

  func segment(_ firstSequence: UInt64) -> String {
    journal + "/" + Self.digits(firstSequence) + Self.segmentSuffix
  }

  func snapshot(_ sequence: UInt64) -> String {
    snapshots + "/" + Self.digits(sequence) + Self.snapshotSuffix
  }

  /// `attempt` keeps an earlier tail, cut at the same place, from being replaced.
  func tail(_ firstSequence: UInt64, offset: Int, attempt: Int) -> String {
    let suffix = attempt == 1 ? "" : "-\(attempt)"
    return "\(quarantine)/\(Self.digits(firstSequence))-\(offset)\(suffix).tail"
  }

  /// The sequence in a file's name; nil if the name is not of this kind.
  static func sequence(in name: String, suffix: String) -> UInt64? {
    guard name.hasSuffix(suffix) else { return nil }
    let digits = name.utf8.dropLast(suffix.utf8.count)
    guard digits.count == 20, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return UInt64(String(name.dropLast(suffix.count)))
  }

  private static func digits(_ number: UInt64) -> String {
    let text = String(number)
    return String(repeating: "0", count: 20 - text.count) + text
  }
}
