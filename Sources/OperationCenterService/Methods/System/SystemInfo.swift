import CampaignEngine
import JSONRPC
import Wire

struct SystemInfo: ServiceQuery {
  static let name = "system.info"
  static let reach = ProjectReach.own
  static let summary = "Says what this service is and how much it holds."
  static let examples = [
    MethodExample(
      name: "what it holds",
      params: #"{}"#,
      result:
        #"{"name":"Operation Center","version":"0.1.0","persistent":false,"sequence":96,"time":"2026-11-22T09:55:00.000Z","uptime_seconds":0,"counts":{"senders":1,"projects":2,"guests":6,"campaigns":3,"executions":6,"messages":8},"schema":{"version":"0.1.0","digest":"5feceb66ffc86f38d952786c6d696c79c2dbc239dd4e91b46729d73a27fb57e9"}}"#
    )
  ]
  typealias Params = NoParams

  struct Output: WireObject {
    var name = "Operation Center"
    var version = ""
    var isPersistent = false
    var sequence: UInt64 = 0
    var time = Timestamp.zero
    var uptimeSeconds: Int64 = 0
    var counts = Counts()
    var schema = SchemaInfo()
    static var schemaName: String { "SystemInfo" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("name", &name, "Operation Center.")
      try visit.field("version", &version, "Version of the program.")
      try visit.field("persistent", &isPersistent, "Whether changes survive a restart.")
      try visit.field("sequence", &sequence, "Number of the newest event.")
      try visit.field("time", &time, "The service's clock.")
      try visit.field("uptime_seconds", &uptimeSeconds, "Since the start of the process.")
      try visit.field("counts", &counts, "What it holds.")
      try visit.field("schema", &schema, "The description of its methods, for clients made of it.")
    }
  }

  struct SchemaInfo: WireObject {
    var version = ""
    var digest = ""

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field(
        "version", &version, "Of the methods; what may change within one is written down.")
      try visit.field("digest", &digest, "SHA-256 of schema/openrpc.json, in hexadecimal digits.")
    }
  }

  struct Counts: WireObject {
    var senders = 0, projects = 0, guests = 0, campaigns = 0, executions = 0, messages = 0
    static var schemaName: String { "SystemCounts" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("senders", &senders, "Senders.")
      try visit.field("projects", &projects, "Projects.")
      try visit.field("guests", &guests, "Guests.")
      try visit.field("campaigns", &campaigns, "Campaigns.")
      try visit.field("executions", &executions, "Executions.")
      try visit.field("messages", &messages, "Messages.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let state = center.engine.state
    var output = Output()
    output.version = center.configuration.version
    output.isPersistent = center.isPersistent
    output.sequence = center.sequence
    output.time = center.now
    output.uptimeSeconds = (ContinuousClock.now - center.startedAt).components.seconds
    output.counts = Counts(state, of: center.call.project)
    output.schema.version = center.configuration.version
    output.schema.digest = center.configuration.schemaDigest()
    return output
  }
}

extension SystemInfo.Counts {
  /// - Parameter only: the one project that the caller may see.
  init(_ state: State, of only: ProjectID? = nil) {
    let present = state.projects.identified(in: 0).filter { id, project in
      !project.row.isDeleted && only ?? id == id
    }
    projects = present.count
    for (_, project) in present {
      guests += Int(project.guests.count - project.deletedGuestCount)
      campaigns += Int(project.campaigns.count)
      executions += Int(project.executions.count)
      messages += Int(project.messages.count)
    }
    senders = only == nil ? Int(state.senders.count) : Set(present.map(\.row.row.sender)).count
    if only != nil { return }
    for sender in state.senders.rows { messages += Int(sender.messages.count) }
  }
}
