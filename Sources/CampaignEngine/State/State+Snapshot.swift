import Wire

/// What a block of a snapshot holds. Numbers stand in files: never reuse one.
package enum SnapshotTag: UInt32, CaseIterable, Sendable {
  case head = 1
  case zone = 2
  case remembered = 3
  case webhook = 4
  case webhookTally = 5
  case sender = 10
  case person = 11
  case senderMessage = 12
  case parkedReport = 13
  case erasedMessage = 14
  case project = 20
  case symbol = 21
  case guest = 22
  case template = 23
  case chatflow = 24
  case campaign = 25
  case execution = 26
  case message = 27
  case bulk = 28
  case reminder = 29
  case erasure = 30
  case bulkItem = 35
  case projectCounters = 60
}

/// A snapshot is the rows of the state and nothing else; indexes are rebuilt. Rows stand in blocks
/// of one chunk each, so encoding never holds more than a chunk; a block of rows belongs to the
/// sender or the project that stands before it.
extension State {
  package func encodeSnapshot(_ write: (SnapshotTag, [UInt8]) throws -> Void) throws {
    var head = SnapshotHead()
    (head.now, head.cause) = (now, cause)
    try write(.head, Binary.encode(head))
    try Self.encode(zones, .zone, write)
    try Self.encode(idempotency.all, .remembered, write)
    // One a block: a body may have megabytes.
    for webhook in webhooks.waiting { try write(.webhook, Binary.encode(webhook)) }
    try write(.webhookTally, Binary.encode(webhooks.tally))
    for sender in senders.rows {
      try write(.sender, Binary.encode(sender.row))
      try sender.persons.forEachStoredBlock { try write(.person, $0) }
      try sender.messages.forEachStoredBlock { try write(.senderMessage, $0) }
      try Self.encode(sender.parkedReports, .parkedReport, write)
      try Self.encode(sender.erasedMessages, .erasedMessage, write)
    }
    for project in projects.rows {
      try write(.project, Binary.encode(project.row))
      try write(.projectCounters, Binary.encode(project.counters))
      try Self.encode(project.symbols.texts, .symbol, write)
      try project.guests.forEachStoredBlock { try write(.guest, $0) }
      try Self.encode(project.templates.rows, .template, write)
      for chatflow in project.chatflows.rows {
        try write(.chatflow, Binary.encode(StoredChatflow(chatflow)))
      }
      try Self.encode(project.campaigns.rows, .campaign, write)
      try project.executions.forEachStoredBlock { try write(.execution, $0) }
      try project.messages.forEachStoredBlock { try write(.message, $0) }
      try project.erasures.forEachStoredBlock { try write(.erasure, $0) }
      for bulk in project.bulks.rows {
        try write(.bulk, Binary.encode(bulk.row))
        try bulk.items.forEachStoredBlock { try write(.bulkItem, $0) }
      }
      for reminder in project.reminders.rows {
        try write(.reminder, Binary.encode(StoredReminder(row: reminder.row)))
        for skips in reminder.skips.rowBlocks {
          try write(.reminder, Binary.encode(StoredReminder(skips: skips)))
        }
      }
    }
  }

  /// As many rows as a block of a table has; a row is not split.
  private static func encode<Row: WireValue>(
    _ rows: some RandomAccessCollection<Row>, _ tag: SnapshotTag,
    _ write: (SnapshotTag, [UInt8]) throws -> Void
  ) throws {
    var rest = rows[...]
    while !rest.isEmpty {
      let part = rest.prefix(ChunkedTable<Never, Erasure>.rowsPerBlock)
      try write(tag, Binary.encode(Array(part)))
      rest = rest.dropFirst(part.count)
    }
  }

  /// Takes one block; blocks come in the order in which they were written.
  package mutating func restore(tag number: UInt32, payload: [UInt8]) throws {
    guard let tag = SnapshotTag(rawValue: number) else {
      throw UnreadableEvent(description: "snapshot block \(number) is unknown to this version")
    }
    let isOfProject = number >= SnapshotTag.symbol.rawValue
    let isOfSender =
      !isOfProject && number > SnapshotTag.sender.rawValue && number < SnapshotTag.project.rawValue
    guard !isOfProject || projects.count > 0, !isOfSender || senders.count > 0 else {
      throw UnreadableEvent(description: "snapshot block \(tag) comes before what it belongs to")
    }
    let (sender, space) = (SenderID(space: 0, counter: senders.count), projects.count &- 1)
    switch tag {
    case .head:
      let head = try Binary.decode(SnapshotHead.self, from: payload)
      (now, cause) = (head.now, head.cause)
    case .zone: zones += try Self.rows(payload)
    case .remembered:
      for entry in try Self.rows(payload) as [RememberedResult] { idempotency.add(entry) }
    case .webhook: webhooks.append(try Binary.decode(Webhook.self, from: payload))
    case .webhookTally: webhooks.tally = try Binary.decode(WebhookTally.self, from: payload)
    case .sender: senders.append(SenderState(row: try Binary.decode(Sender.self, from: payload)))
    case .person: try senders[sender].persons.append(storedBlock: payload)
    case .senderMessage: try senders[sender].messages.append(storedBlock: payload)
    case .parkedReport: senders[sender].parkedReports += try Self.rows(payload)
    case .erasedMessage:
      for row in try Self.rows(payload) as [ErasedMessage] { senders[sender].restore(row) }
    case .project:
      projects.append(ProjectState(row: try Binary.decode(Project.self, from: payload)))
    case .projectCounters:
      projects[space].counters = try Binary.decode(ProjectCounters.self, from: payload)
    case .symbol:
      for text in try Self.rows(payload) as [String] { _ = projects[space].symbols.intern(text) }
    case .guest: try projects[space].guests.append(storedBlock: payload)
    case .template: projects[space].templates.append(contentsOf: try Self.rows(payload))
    case .chatflow:
      projects[space].chatflows.append(
        try Binary.decode(StoredChatflow.self, from: payload).chatflow)
    case .campaign: projects[space].campaigns.append(contentsOf: try Self.rows(payload))
    case .execution: try projects[space].executions.append(storedBlock: payload)
    case .message: try projects[space].messages.append(storedBlock: payload)
    case .erasure: try projects[space].erasures.append(storedBlock: payload)
    case .bulk:
      projects[space].bulks.append(
        BulkState(row: try Binary.decode(Bulk.self, from: payload)))
    case .bulkItem:
      let bulk = projects[space].bulks.count
      guard bulk > 0 else {
        throw UnreadableEvent(description: "snapshot block \(tag) comes before what it belongs to")
      }
      try projects[space].bulks[counter: bulk].items.append(storedBlock: payload)
    case .reminder:
      try restore(try Binary.decode(StoredReminder.self, from: payload), in: space)
    }
  }

  private static func rows<Row: WireValue>(_ payload: [UInt8]) throws -> [Row] {
    try Binary.decode([Row].self, from: payload)
  }
}

struct SnapshotHead: WireObject {
  var now = Timestamp.zero
  var cause = Cause()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("now", &now, "Stamped time.")
    try visit.field("cause", &cause, "Who brought the newest event about.")
  }
}

/// A chatflow as a snapshot holds it: graphs are compiled again.
struct StoredChatflow: WireObject {
  var name = ""
  var createdAt = Timestamp.zero
  var versions: [StoredVersion] = []
  var isDeleted = false

  init() {}

  init(_ chatflow: Chatflow) {
    (name, createdAt) = (chatflow.name, chatflow.createdAt)
    isDeleted = chatflow.isDeleted
    versions = chatflow.versions.map { version in
      StoredVersion(
        document: version.document, issues: version.issues, createdAt: version.createdAt)
    }
  }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("versions", &versions, "All versions, oldest first.")
    try visit.field("is_deleted", &isDeleted, "Whether it was deleted.")
  }

  var chatflow: Chatflow {
    Chatflow(
      name: name,
      versions: versions.map { version in
        ChatflowVersion(
          document: version.document, graph: ChatflowGraph(version.document),
          issues: version.issues, createdAt: version.createdAt)
      }, createdAt: createdAt, isDeleted: isDeleted)
  }
}

struct StoredVersion: WireObject {
  var document = ChatflowDocument()
  var issues: [ChatflowIssue] = []
  var createdAt = Timestamp.zero

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("document", &document, "Graph.")
    try visit.field("issues", &issues, "Warnings.")
    try visit.field("created_at", &createdAt, "When it was saved.")
  }
}
