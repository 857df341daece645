import CampaignEngine
import Wire

/// A chatflow file that `run` can take alone: the graph, and what it needs around it. Sections are
/// handed to the service's own methods as they are, so those check them.
struct RunDocument: WireObject {
  var name = ""
  var sender = WireMap<RawJSON>()
  var project = WireMap<RawJSON>()
  var templates: [WireMap<RawJSON>] = []
  var nodes = RawJSON.null
  var edges = RawJSON.null
  var campaign = WireMap<RawJSON>()
  var simulator: RawJSON?
  /// Editors read it, and nobody else.
  var schema: RawJSON?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name of the chatflow.", .length(1...200))
    try visit.field(
      "sender", &sender, "As for sender.create; a simulated number if absent.", .defaulted)
    try visit.field("project", &project, "As for project.create, without sender_id.")
    try visit.field(
      "templates", &templates, "As for template.create, without project_id.", .defaulted)
    try visit.field("nodes", &nodes, "As for chatflow.create.")
    try visit.field("edges", &edges, "As for chatflow.create.")
    try visit.field("campaign", &campaign, "As for campaign.create, without ids.", .defaulted)
    try visit.field("simulator", &simulator, "How the simulated guests behave.")
    try visit.field("$schema", &schema, "Where the schema of the file is.", .omittable)
  }

  static func read(_ path: String) throws -> RunDocument {
    let bytes = try Files.read(path)
    do throws(WireError) {
      return try JSON.decode(RunDocument.self, from: bytes, root: "chatflow")
    } catch {
      throw Refusal(message: "\(path): \(error)")
    }
  }

  /// When the virtual clock starts, if nobody says: six weeks before the main event, so that the
  /// same file always gives the same run.
  var defaultStart: Timestamp {
    let fallback = Timestamp(milliseconds: 1_767_258_000_000)
    guard let events = project["events"],
      let decoded = try? JSON.decode([ProjectEvent].self, from: events.bytes),
      let first = decoded.first
    else { return fallback }
    return first.startsAt + TimeSpan.days(-42)
  }
}
