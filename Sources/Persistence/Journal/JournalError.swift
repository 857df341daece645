/// Why the journal cannot go on, or cannot start: what is wrong, where, and the way out.
package struct JournalError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A word for machines.
  package enum Kind: String, Sendable, CaseIterable {
    case dataDirectoryInUse = "data_directory_in_use"
    case notADataDirectory = "not_a_data_directory"
    case permissions
    case formatTooNew = "format_too_new"
    case journalDamaged = "journal_damaged"
    case snapshotDamaged = "snapshot_damaged"
    case storageFull = "storage_full"
    case storageFailed = "storage_failed"
    case limitExceeded = "limit_exceeded"
    case closed
  }

  package var kind: Kind
  package var file: String?
  package var offset: Int?
  package var sequence: UInt64?
  package var message: String
  /// What to do about it; empty where the message says so.
  package var advice = ""
  /// False where the same call may succeed later, as a write does once a full disk has space again.
  package var isFinal = true

  package init(
    _ kind: Kind, file: String? = nil, offset: Int? = nil, sequence: UInt64? = nil,
    isFinal: Bool = true, _ message: String
  ) {
    self.kind = kind
    self.file = file
    self.offset = offset
    self.sequence = sequence
    self.isFinal = isFinal
    self.message = message
  }

  init(_ error: StorageError, isFinal: Bool = true, sequence: UInt64? = nil) {
    let kind: Kind =
      error.isFull ? .storageFull : error.isPermission ? .permissions : .storageFailed
    self.init(
      kind, file: error.path, sequence: sequence, isFinal: isFinal, error.description)
  }

  package var description: String {
    var text = "\(kind.rawValue): \(message)"
    if !advice.isEmpty { text += " " + advice }
    var place: [String] = []
    if let file { place.append("file \(file)") }
    if let offset { place.append("offset \(offset)") }
    if let sequence { place.append("sequence \(sequence)") }
    if !place.isEmpty { text += " (\(place.joined(separator: ", ")))" }
    return text
  }

  static func damaged(
    _ file: String, offset: Int, sequence: UInt64? = nil, _ message: String
  ) -> JournalError {
    var error = JournalError(
      .journalDamaged, file: file, offset: offset, sequence: sequence, message)
    error.advice =
      "No data was changed. Restore the whole data directory from a backup;"
      + " `opcenter verify` lists everything that is wrong with this one."
    return error
  }
}

/// Runs storage calls whose failure ends whatever is being done.
func reportingStorage<Result: ~Copyable>(
  _ body: () throws(StorageError) -> Result
) throws(JournalError) -> Result {
  do { return try body() } catch { throw JournalError(error) }
}
