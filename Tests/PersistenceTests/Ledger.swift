import Persistence

/// The simplest state that a journal can carry: the list of all texts so far. A snapshot of it is the list,
/// one block a text, so whatever is lost or doubled on the way shows.
struct Ledger: Equatable {
  var texts: [String] = []

  static let textType: UInt16 = 7
  static let textVersion: UInt16 = 3

  mutating func restore(_ reader: inout SnapshotReader) throws {
    while let block = try reader.next() {
      texts.append(String(decoding: block.payload, as: UTF8.self))
    }
  }

  mutating func apply(_ event: StoredEvent) throws {
    guard event.type == Self.textType, event.version == Self.textVersion,
      event.sequence == UInt64(texts.count) + 1
    else { throw UnexpectedEvent(event: event) }
    texts.append(String(decoding: event.payload, as: UTF8.self))
  }

  struct UnexpectedEvent: Error {
    let event: StoredEvent
  }

  func write(_ ticket: SnapshotTicket) throws -> VerifiedSnapshot {
    try ticket.write { writer in
      for text in texts { try writer.write(tag: 1, Array(text.utf8)) }
      return UInt64(texts.count)
    }
  }
}

/// A journal and the state beside it, as the service has them.
struct Book: ~Copyable {
  var journal: Journal
  var ledger: Ledger

  static var smallOptions: JournalOptions {
    var options = JournalOptions()
    options.segmentBytes = 4096
    options.reserveBytes = 64
    options.preallocationBytes = 256
    options.newStoreID = StoreID(bytes: 1...16)
    return options
  }

  init(_ sandbox: Sandbox, _ options: JournalOptions = Book.smallOptions) throws {
    var ledger = Ledger()
    journal = try Journal.open(
      storage: sandbox.storage, directory: sandbox.directory, options: options,
      restore: { try ledger.restore(&$0) }, replay: { try ledger.apply($0) })
    self.ledger = ledger
  }

  /// One command with one event for each text.
  mutating func add(_ texts: String...) {
    for text in texts {
      journal.append(
        type: Ledger.textType, version: Ledger.textVersion, payload: Array(text.utf8))
      ledger.texts.append(text)
    }
    journal.endCommand()
  }

  /// One command, one group, durable.
  mutating func commit(_ texts: String...) throws {
    for text in texts { add(text) }
    try journal.commit()
  }

  mutating func snapshot() throws {
    guard let ticket = try journal.beginSnapshot() else { return }
    try journal.snapshotFinished(try ledger.write(ticket))
  }
}

/// The texts that a start finds.
func recovered(_ sandbox: Sandbox) throws -> [String] {
  try Book(sandbox).ledger.texts
}

/// The report of a start.
func report(_ sandbox: Sandbox) throws -> RecoveryReport {
  try Book(sandbox).journal.recovery
}

/// The error that a start ends with; nil if it succeeds.
func refusal(_ sandbox: Sandbox) throws -> JournalError? {
  do {
    _ = try Book(sandbox)
    return nil
  } catch let error as JournalError {
    return error
  }
}
