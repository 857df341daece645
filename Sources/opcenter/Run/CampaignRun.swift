import CampaignEngine
import JSONRPC
import OperationCenterService
import Wire

/// One campaign from its guest list to its last reply, on the virtual clock.
struct CampaignRun {
  let document: RunDocument
  private(set) var guests: GuestImportRows
  private(set) var importCounts = ImportCounts()
  private(set) var statistics = WireMap<RawJSON>()
  /// Answers to each event, and what was answered to each question with choices.
  private(set) var functions = WireMap<RawJSON>()
  private(set) var dishes: [WireMap<RawJSON>] = []
  private(set) var startedAt = Timestamp.zero
  private(set) var endedAt = Timestamp.zero
  private(set) var faults: [String] = []
  private(set) var isInterrupted = false
  private var service = LocalService()

  init(document: RunDocument, guests: GuestImportRows) {
    self.document = document
    self.guests = guests
  }

  /// Nothing that guests do falls later than this after the start.
  private static let longest = TimeSpan.days(400)

  mutating func run(
    in center: isolated OperationCenter, interrupted: () -> Bool,
    progress: (_ ended: UInt64, _ audience: UInt64, _ time: Timestamp) -> Void
  ) throws {
    startedAt = center.clock.now()
    let campaign = try prepare(in: center)
    let limit = startedAt + Self.longest
    var turns = 0
    while let due = center.nextDue, due <= limit {
      if interrupted() {
        isInterrupted = true
        break
      }
      center.setVirtualTime(max(center.clock.now(), due))
      center.work(limit: 256)
      try center.commitBySize()
      turns += 1
      if turns % 64 == 0 {
        let counters = center.engine.state[campaign].counters
        let audience = max(
          counters.audience, center.engine.state[campaign].progress.enrolment?.total ?? 0)
        progress(UInt64(counters.audience - counters.open), UInt64(audience), center.clock.now())
      }
    }
    try center.commit()
    endedAt = center.engine.state[campaign].endedAt
    statistics = try service.call("stats.campaign", ["campaign_id": RawJSON(campaign)], in: center)
    functions = try service.call("stats.rsvp", ["campaign_id": RawJSON(campaign)], in: center)
    let graph = center.engine.state.graph(of: campaign)
    for key in graph.nodes.flatMap(\.data.choiceKeys) {
      dishes.append(
        try service.call(
          "stats.answers", ["campaign_id": RawJSON(campaign), "question": RawJSON(key)], in: center)
      )
    }
    faults = center.engine.state.checkInvariants() + checkOutcome(campaign, in: center)
  }

  /// Everything from the sender to the start, through the same methods that clients call.
  private mutating func prepare(in center: isolated OperationCenter) throws -> CampaignID {
    var sender = document.sender
    if sender["name"] == nil { sender["name"] = RawJSON("Simulated number") }
    if sender["phone"] == nil { sender["phone"] = RawJSON("+6281100000001") }
    let senderID = try service.call("sender.create", sender, in: center).decoded(
      "id", as: SenderID.self)
    let project = try service.call(
      "project.create", document.project.with("sender_id", senderID), in: center
    ).decoded("id", as: ProjectID.self)
    for template in document.templates {
      _ = try service.call("template.create", template.with("project_id", project), in: center)
    }
    try importGuests(into: project, in: center)
    let chatflow = try service.call(
      "chatflow.create",
      [
        "project_id": RawJSON(project), "name": RawJSON(document.name), "nodes": document.nodes,
        "edges": document.edges,
      ], in: center
    ).decoded("id", as: ChatflowID.self)
    var settings = document.campaign
    if settings["name"] == nil { settings["name"] = RawJSON(document.name) }
    let campaign = try service.call(
      "campaign.create", settings.with("project_id", project).with("chatflow_id", chatflow),
      in: center
    ).decoded("id", as: CampaignID.self)
    _ = try service.call("campaign.start", ["campaign_id": RawJSON(campaign)], in: center)
    return campaign
  }

  private mutating func importGuests(
    into project: ProjectID, in center: isolated OperationCenter
  ) throws {
    var first = 0
    while first < guests.rows.count {
      let rows = Array(guests.rows[first..<min(first + Limits.importRows, guests.rows.count)])
      let answer = try service.call(
        "guest.import", ["project_id": RawJSON(project), "rows": RawJSON(rows)], in: center)
      importCounts.add(try answer.decoded("counts", as: ImportCounts.self))
      guests.add(try answer.decoded("items", as: [ImportItem].self), from: first)
      first += rows.count
    }
    importCounts.rows = guests.count
    importCounts.refused = guests.refused.count
    guests.sortRefused()
  }

  /// What a finished run must show, beyond the ledger.
  private func checkOutcome(_ campaign: CampaignID, in center: isolated OperationCenter) -> [String]
  {
    guard !isInterrupted else { return [] }
    var faults: [String] = []
    let counters = center.engine.state[campaign].counters
    if counters.open > 0 { faults.append("\(counters.open) executions have not ended") }
    let accounted =
      importCounts.created + importCounts.updated + importCounts.unchanged + importCounts.refused
    if accounted != importCounts.rows {
      faults.append("\(importCounts.rows) rows were read and \(accounted) are accounted for")
    }
    return faults
  }
}

/// Rows of a guest list by what became of them.
struct ImportCounts: WireObject {
  var rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("rows", &rows, "All.")
    try visit.field("created", &created, "New guests.")
    try visit.field("updated", &updated, "Guests that changed.")
    try visit.field("unchanged", &unchanged, "Guests that were like this already.")
    try visit.field("refused", &refused, "Rows that could not be used.")
  }

  mutating func add(_ other: ImportCounts) {
    created += other.created
    updated += other.updated
    unchanged += other.unchanged
  }
}

/// The part of an import's answer that is looked at here.
struct ImportItem: WireObject {
  var row = 0
  var warnings: [GuestWarningView] = []
  var error: ImportFault?
  private var unknown = WireExtras()

  init() {}

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "Index of the row.")
    try visit.field("warnings", &warnings, "What was noticed.")
    try visit.field("error", &error, "Why it was refused.")
    try visit.extras(&unknown)
  }
}

struct ImportFault: WireObject {
  var path = ""
  var reason = ""
  var message = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("path", &path, "Value.")
    try visit.field("reason", &reason, "A word for programs.")
    try visit.field("message", &message, "For people.")
  }

  /// `phone` of `params.rows[3].phone`.
  var field: String {
    guard let close = path.lastIndex(of: "]") else { return path }
    return String(path[path.index(after: close)...].dropFirst())
  }
}
