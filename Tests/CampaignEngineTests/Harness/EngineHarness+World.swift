import Testing
import Wire

import CampaignEngine

/// A wedding in Jakarta and what it needs.
extension EngineHarness {
  static let jakarta = ZoneRules(
    name: "Asia/Jakarta", initialOffsetSeconds: 7 * 3600, transitions: [])

  /// Sender, project and the three templates of the RSVP flow.
  convenience init(
    startingAt start: Timestamp = time("2026-11-23T02:15:00.000Z"), fullComparisonInterval: Int = 1,
    pace: Pace = Pace(), wedding configure: (inout Project) -> Void
  ) throws {
    self.init(startingAt: start, fullComparisonInterval: fullComparisonInterval, pace: pace)
    try makeSender()
    try makeProject(configure)
    try makeTemplates()
  }

  static func wedding(pace: Pace = Pace()) throws -> EngineHarness {
    try EngineHarness(pace: pace, wedding: { _ in })
  }

  func makeSender(phone: UInt64 = 6_281_100_000_001, _ configure: (inout Sender) -> Void = { _ in })
    throws
  {
    var row = Sender()
    row.name = "Weddings"
    row.phone = Phone(number: phone)
    row.rates = [
      Rate(from: .zero, market: "", category: .marketing, micros: 41_100),
      Rate(from: .zero, market: "", category: .utility, micros: 25_000),
      Rate(from: .zero, market: "", category: .service, micros: 5_000),
    ]
    configure(&row)
    sender = try perform(CreateSender(row: row))
  }

  func makeProject(_ configure: (inout Project) -> Void = { _ in }) throws {
    var row = Project()
    row.name = "Meera and Budi"
    row.sender = sender
    row.timeZone = "Asia/Jakarta"
    row.callingCode = "62"
    row.languages = ["en", "id"]
    row.fieldValues["card_url"] = .text("https://example.com/card.jpg")
    row.events = [
      ProjectEvent(key: "wedding", name: "Wedding", startsAt: time("2026-12-12T03:00:00.000Z")),
      ProjectEvent(key: "dinner", name: "Dinner", startsAt: time("2026-12-12T12:00:00.000Z")),
    ]
    configure(&row)
    project = try perform(CreateProject(row: row, zone: Self.jakarta))
  }

  func makeTemplates() throws {
    try template(
      "wedding_invite", languages: ["en", "id", "hi"],
      body: "Dear {{guest_name}}, join us on {{day}}.", buttons: ["yes", "maybe", "no"],
      hasImage: true)
    try template(
      "rsvp_reminder", languages: ["en", "id"], body: "Will you come, {{guest_name}}?",
      buttons: ["yes", "no"])
    try template("rsvp_thanks", languages: ["en", "id"], body: "Thank you!", category: .utility)
  }

  @discardableResult
  func template(
    _ name: String, languages: [String] = ["en"], body: String = "Hello.", buttons: [String] = [],
    hasImage: Bool = false, category: TemplateCategory = .marketing,
    status: TemplateStatus = .approved
  ) throws -> TemplateID {
    var row = Template()
    (row.name, row.category) = (name, category)
    row.variants = languages.map { language in
      var variant = TemplateVariant()
      (variant.language, variant.status, variant.body) = (language, status, body)
      if hasImage {
        variant.header = TemplateHeader()
        variant.header?.type = .image
      }
      variant.buttons = buttons.map { handle in
        var button = TemplateButton()
        (button.handle, button.title) = (handle, "\(handle) \(language)")
        return button
      }
      return variant
    }
    return try perform(CreateTemplate(project: project, row: row))
  }

  // MARK: Guests

  @discardableResult
  func guest(
    _ name: String, phone: String, _ configure: (inout GuestRow) -> Void = { _ in }
  ) throws -> GuestID {
    var row = GuestRow()
    (row.name, row.phone) = (name, phone)
    configure(&row)
    let items = try importRows([row])
    let item = try #require(items.first)
    #expect(item.error == nil)
    return item.guest
  }

  /// Guests with numbers of their own, from `Guest 1` on.
  @discardableResult
  func guests(_ count: Int, _ configure: (inout GuestRow) -> Void = { _ in }) throws -> [GuestID] {
    let first = Int(state.project(of: project.counter - 1).guests.count)
    let rows = (first..<first + count).map { number in
      var row = GuestRow()
      row.name = "Guest \(number + 1)"
      row.phone = "+62811\(1_000_000 + number)"
      configure(&row)
      return row
    }
    return try importRows(rows).map(\.guest)
  }

  @discardableResult
  func importRows(
    _ rows: [GuestRow], isDryRun: Bool = false, overwritesRSVP: Bool = false,
    match: ImportGuests.GuestMatch = .phone, zones: [ZoneRules] = [EngineHarness.jakarta]
  ) throws -> [ImportGuests.Item] {
    try perform(
      ImportGuests(
        project: project, rows: rows, isDryRun: isDryRun, overwritesRSVP: overwritesRSVP,
        match: match, zones: zones))
  }

  // MARK: Flows and campaigns

  @discardableResult
  func flow(_ document: ChatflowDocument, name: String = "Flow") throws -> ChatflowID {
    try perform(SaveChatflow(project: project, chatflow: nil, name: name, document: document))
  }

  @discardableResult
  func campaign(
    _ flow: ChatflowID, _ configure: (inout Campaign) -> Void = { _ in }
  ) throws -> CampaignID {
    var row = Campaign()
    (row.settings.name, row.settings.chatflow) = ("Campaign", flow)
    configure(&row)
    return try perform(CreateCampaign(project: project, row: row))
  }

  /// A campaign of the flow that has enrolled everybody, with nothing sent yet.
  @discardableResult
  func started(
    _ document: ChatflowDocument, _ configure: (inout Campaign) -> Void = { _ in }
  ) throws -> CampaignID {
    let id = try campaign(try flow(document), configure)
    try start(id)
    return id
  }

  func start(_ campaign: CampaignID) throws {
    try perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    try enrol()
  }

  func enrol() throws {
    while state.busyCampaigns.first != nil { try perform(ContinueCampaigns()) }
  }

  func execution(of guest: GuestID, in campaign: CampaignID? = nil) throws -> ExecutionID {
    let all = state.executions(of: guest)
    return try #require(all.first { campaign == nil || state[$0].campaign == campaign })
  }

  /// The name of the node where the execution stands.
  func node(of execution: ExecutionID) -> String? {
    let row = state[execution]
    return row.node.map { state.graph(of: row.campaign).nodes[$0].id }
  }

  func path(of execution: ExecutionID) -> [String] {
    let row = state[execution]
    return row.steps.map { state.graph(of: row.campaign).nodes[Int($0.node)].id }
  }

  func variable(_ name: String, of execution: ExecutionID) -> String? {
    state.project(of: execution.space).symbols.symbol(of: name)
      .flatMap { state[execution].variable($0)?.text }
  }

  func reason(of execution: ExecutionID) -> String {
    state.project(of: execution.space).symbols[state[execution].reason]
  }

  func outcome(of execution: ExecutionID) -> String {
    state.project(of: execution.space).symbols[state[execution].outcome]
  }
}

/// A flow from the JSON of its nodes, and edges such as `start > invite, answer:yes > done`.
func flow(_ nodes: String, _ edges: String) throws -> ChatflowDocument {
  try document(flowText(nodes, edges))
}

func flowText(_ nodes: String, _ edges: String) -> String {
  let trigger = #"{"id": "start", "type": "trigger", "data": {}}"#
  let lines = edges.split(separator: ",").map { edge in
    let ends = edge.split(separator: ">").map { $0.filter { $0 != " " && $0 != "\n" } }
    let source = ends[0].split(separator: ":")
    let handle = source.count > 1 ? #""sourceHandle": "\#(source[1])", "# : ""
    return #"{"source": "\#(source[0])", \#(handle)"target": "\#(ends[1])"}"#
  }
  return #"{"nodes": [\#(trigger), \#(nodes)], "edges": [\#(lines.joined(separator: ", "))]}"#
}

func document(_ text: String) throws -> ChatflowDocument {
  try JSON.decode(ChatflowDocument.self, from: bytes(text))
}
