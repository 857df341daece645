import OperationCenterService
import Wire

/// The columns of an exported campaign, and the cells of a row. The columns hang on the campaign
/// alone, not on its rows, so every export of it has the same.
struct ResultTable {
  private struct Column {
    let title: String
    let source: Source
  }

  /// Where a row has the value.
  private enum Source {
    case member([String])
    case answer(event: String, String)
    case eventField(event: String, String)
    /// Of guests, in one cell.
    case names(String)
    /// Of events, in one cell; all of them where nothing is said.
    case keys(String)
    case named(String, in: String)
  }

  private let columns: [Column]

  init(_ names: ResultColumns) {
    columns =
      Self.first + names.events.flatMap(Self.columns(of:)) + Self.middle
      + names.variables.map { Column(title: "vars.\($0)", source: .named($0, in: "variables")) }
      + names.fieldNames.map { Column(title: "fields.\($0)", source: .named($0, in: "fields")) }
      + (names.eventFields ?? []).flatMap { name in
        names.events.map { event in
          Column(title: "fields.\(name).\(event)", source: .eventField(event: event, name))
        }
      }
  }

  private init(_ columns: [Column]) { self.columns = columns }

  /// For whoever calls those whom nothing reaches.
  static let callSheet = ResultTable([
    Column(title: "guest_id", source: .member(["guest", "id"])),
    Column(title: "name", source: .member(["guest", "name"])),
    Column(title: "phone", source: .member(["guest", "phone"])),
    Column(title: "reason", source: .member(["reason"])),
    Column(title: "language", source: .member(["language"])),
    Column(title: "household", source: .member(["household"])),
    Column(title: "asked_for", source: .names("asked_for")),
    Column(title: "code", source: .member(["code"])),
    Column(title: "link", source: .member(["link"])),
  ])

  private static func columns(of event: String) -> [Column] {
    ["rsvp", "attending_count", "party_size"].map {
      Column(title: "\($0).\(event)", source: .answer(event: event, $0))
    } + [
      Column(
        title: "attending_children.\(event)", source: .answer(event: event, "children"))
    ]
  }

  private static let first: [Column] = [
    Column(title: "guest_id", source: .member(["guest", "id"])),
    Column(title: "external_id", source: .member(["external_id"])),
    Column(title: "name", source: .member(["guest", "name"])),
    Column(title: "phone", source: .member(["guest", "phone"])),
    Column(title: "category", source: .member(["category"])),
    Column(title: "party_size", source: .member(["party_size"])),
    Column(title: "execution_id", source: .member(["execution_id"])),
    Column(title: "status", source: .member(["status"])),
    Column(title: "reason", source: .member(["reason"])),
    Column(title: "outcome", source: .member(["outcome"])),
    Column(title: "started_at", source: .member(["started_at"])),
    Column(title: "ended_at", source: .member(["ended_at"])),
  ]

  private static let middle: [Column] = [
    Column(title: "messages_sent", source: .member(["messages", "sent"])),
    Column(title: "messages_delivered", source: .member(["messages", "delivered"])),
    Column(title: "messages_read", source: .member(["messages", "read"])),
    Column(title: "messages_failed", source: .member(["messages", "failed"])),
    Column(title: "messages_received", source: .member(["messages", "received"])),
    Column(title: "first_sent_at", source: .member(["first_sent_at"])),
    Column(title: "last_reply_at", source: .member(["last_reply_at"])),
    Column(title: "currency", source: .member(["cost", "currency"])),
    Column(title: "estimated_micros", source: .member(["cost", "estimated_micros"])),
    Column(title: "billed_micros", source: .member(["cost", "billed_micros"])),
    Column(title: "saved_micros", source: .member(["cost", "saved_micros"])),
    Column(title: "unpriced_messages", source: .member(["cost", "unpriced_messages"])),
    Column(title: "through", source: .member(["through", "id"])),
    Column(title: "invited_to", source: .keys("invited_to")),
    Column(title: "children", source: .member(["children"])),
  ]

  static var callSheetTitles: String {
    CommandHelp.wrapped(
      callSheet.titles.joined(separator: ", "), indent: "  ", maximumCells: 80)
  }

  /// For the help: the columns that every campaign has, in order.
  static var usualTitles: String {
    let titles =
      (first + columns(of: "EVENT") + middle).map(\.title) + ["vars.NAME", "fields.NAME"]
    return CommandHelp.wrapped(titles.joined(separator: ", "), indent: "  ", maximumCells: 80)
  }

  var titles: [String] { columns.map(\.title) }

  func cells(of row: JSONValue) -> [String] {
    columns.map { Self.text(Self.value(of: $0.source, in: row)) }
  }

  private static func value(of source: Source, in row: JSONValue) -> JSONValue? {
    switch source {
    case .member(let path): return path.reduce(row) { $0?[$1] }
    case .named(let name, let map): return row[map]?[name]
    case .names(let member):
      guard case .array(let guests)? = row[member] else { return nil }
      let names = guests.compactMap {
        if case .string(let name)? = $0["name"] { name } else { nil }
      }
      return .string(names.joined(separator: "; "))
    case .keys(let member):
      guard case .array(let keys)? = row[member] else { return .string("all") }
      let texts = keys.compactMap { if case .string(let key) = $0 { key } else { nil } }
      return .string(texts.isEmpty ? "none" : texts.joined(separator: "; "))
    case .answer(let event, let member):
      guard case .array(let items)? = row["events"] else { return nil }
      return items.first { $0["key"] == .string(event) }?[member]
    case .eventField(let event, let name):
      guard case .array(let items)? = row["events"] else { return nil }
      return items.first { $0["key"] == .string(event) }?["fields"]?[name]
    }
  }

  private static func text(_ value: JSONValue?) -> String {
    switch value {
    case .string(let text)?, .number(let text)?: text
    case .bool(let value)?: value ? "yes" : "no"
    case nil, .null?, .array?, .object?: ""
    }
  }
}
