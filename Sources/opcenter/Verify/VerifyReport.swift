import OperationCenterService
import Persistence
import Wire

/// What a check of a data directory came to, as lines for people and as JSON for machines.
struct VerifyReport {
  let audit: DirectoryAudit

  var exitCode: ExitCode {
    if audit.isDamaged || audit.reconciles == nil { return .storage }
    return audit.faults.isEmpty ? .done : .refused
  }

  func text() -> String {
    let findings = audit.findings.map { TerminalText.printable(line($0)) + "\n" }
    return findings.joined() + checked() + ledger()
  }

  /// `damage: wedding/journal/….journal, offset 96: The segment's header is damaged.`
  private func line(_ finding: DataDirectory.Finding) -> String {
    var text = finding.severity.rawValue + ": "
    if let file = finding.error.file {
      text += file
      if let offset = finding.error.offset { text += ", offset \(offset)" }
      text += ": "
    }
    return text + finding.error.message
  }

  private func checked() -> String {
    let counts = audit.counts
    var text = "Checked: segments \(counts.segments), snapshots \(counts.snapshots),"
    text += " events \(counts.events)"
    guard let contents = audit.contents else { return text + ".\n" }
    text += ", newest sequence \(contents.sequence), guests \(contents.guests),"
    return text + " executions \(contents.executions), messages \(contents.messages).\n"
  }

  private func ledger() -> String {
    switch audit.reconciles {
    case nil: return "The ledger could not be checked: no state can be restored.\n"
    case true?:
      guard let origin = audit.comparedFrom else { return "The ledger reconciles.\n" }
      let place = origin == 0 ? "first event" : "snapshot at event \(origin)"
      return "A replay from the \(place) on comes to the same as the newest snapshot.\n"
        + "The ledger reconciles.\n"
    case false?:
      let faults = audit.faults.map { "  \(TerminalText.printable($0))\n" }
      return "The ledger does NOT reconcile:\n" + faults.joined()
    }
  }

  func json() -> [UInt8] { JSON.encode(Document(audit)) }
}

extension VerifyReport {
  struct Document: WireObject {
    var findings: [Finding] = []
    var ledger = Ledger()
    var checked = Checked()

    init() {}

    init(_ audit: DirectoryAudit) {
      findings = audit.findings.map { Finding($0) }
      ledger = Ledger(audit)
      checked = Checked(audit)
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("findings", &findings, "What is wrong with the files.")
      try visit.field("ledger", &ledger, "Whether the numbers add up.")
      try visit.field("checked", &checked, "What was looked at.")
    }
  }

  struct Finding: WireObject {
    var severity = ""
    var file: String?
    var offset: Int?
    var sequence: UInt64?
    var message = ""

    init() {}

    init(_ finding: DataDirectory.Finding) {
      severity = finding.severity.rawValue
      (file, offset) = (finding.error.file, finding.error.offset)
      (sequence, message) = (finding.error.sequence, finding.error.message)
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("severity", &severity, "damage, or notice: a start puts that right.")
      try visit.field("file", &file, "Where.")
      try visit.field("offset", &offset, "Byte in the file.")
      try visit.field("sequence", &sequence, "First event that is concerned.")
      try visit.field("message", &message, "For people.")
    }
  }

  struct Ledger: WireObject {
    var reconciles: Bool?
    var faults: [String] = []
    var comparedFrom: UInt64?

    init() {}

    init(_ audit: DirectoryAudit) {
      (reconciles, faults) = (audit.reconciles, audit.faults)
      comparedFrom = audit.comparedFrom
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("reconciles", &reconciles, "Null where no state can be restored.")
      try visit.field("faults", &faults, "What does not hold.")
      try visit.field(
        "compared_from", &comparedFrom,
        "Event after which a replay was compared with the newest snapshot; null where none could be."
      )
    }
  }

  struct Checked: WireObject {
    var segments = 0, snapshots = 0, events = 0
    var newestSequence: UInt64?
    var guests: Int?
    var executions: Int?
    var messages: Int?

    init() {}

    init(_ audit: DirectoryAudit) {
      (segments, snapshots) = (audit.counts.segments, audit.counts.snapshots)
      events = audit.counts.events
      newestSequence = audit.contents?.sequence
      (guests, executions) = (audit.contents?.guests, audit.contents?.executions)
      messages = audit.contents?.messages
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("segments", &segments, "Files of the journal.")
      try visit.field("snapshots", &snapshots, "Snapshots.")
      try visit.field("events", &events, "Events that the journal still holds.")
      try visit.field("newest_sequence", &newestSequence, "Number of the newest event.")
      try visit.field("guests", &guests, "Guests.")
      try visit.field("executions", &executions, "Executions.")
      try visit.field("messages", &messages, "Messages.")
    }
  }
}
