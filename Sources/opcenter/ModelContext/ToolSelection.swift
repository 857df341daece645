import JSONRPC
import ModelContext
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Which methods a model gets as tools. A hundred would bury it, so by default it gets those that answer
/// what people ask: read, plan, check.
struct ToolSelection {
  /// As chosen without a pattern.
  static let reading = [
    "project.list", "guest.list", "guest.preview", "template.list", "chatflow.list", "chatflow.get",
    "chatflow.validate", "campaign.list", "campaign.get", "campaign.check", "campaign.forecast",
    "campaign.results", "stats.campaign", "execution.list", "execution.get", "message.list",
  ]
  /// Added where changes are allowed.
  static let operating = [
    "project.create", "guest.import", "guest.update", "template.create", "chatflow.create",
    "chatflow.update", "campaign.create", "campaign.update", "campaign.test", "campaign.schedule",
    "campaign.start", "campaign.pause", "campaign.resume", "campaign.cancel", "execution.retry",
  ]
  /// These belong to a connection, or end the service under the feet of whoever asks.
  static let withheld: Set<String> = [
    "events.subscribe", "events.unsubscribe", "stats.subscribe", "stats.unsubscribe",
    "system.authenticate", "system.shutdown", "rpc.discover",
  ]
  /// Something new comes to be, and nothing that was there changes or leaves.
  static let adding: Set<String> = [
    "sender.create", "project.create", "guest.create", "template.create", "chatflow.create",
    "campaign.create", "campaign.duplicate", "system.snapshot",
  ]
  /// A model is to know how many guests it writes to, and nothing starts if the number has changed since.
  static let required = ["campaign.start": ["expected_eligible"]]

  let tools: [Tool]

  init(of document: RawJSON, patterns: [String], allowed: [String]) throws {
    let document = try JSON.decode(JSONValue.self, from: document.bytes)
    guard case .array(let methods)? = document["methods"] else {
      throw Refusal(message: "the service's description has no methods")
    }
    let offers = methods.compactMap(Offer.init).filter { !Self.withheld.contains($0.name) }
    let isAllowed = { (offer: Offer) in
      offer.capability == "query" || allowed.contains(offer.capability)
    }
    let chosen: [Offer]
    if patterns.isEmpty {
      if let alone = allowed.first(where: { $0 != "operate" }) {
        throw UsageError(
          message: "--allow \(alone) goes with --tools, which says which of them", command: "mcp")
      }
      let names = Self.reading + Self.operating
      chosen = offers.filter { names.contains($0.name) && isAllowed($0) }
    } else {
      let found = try patterns.map { try Self.matching($0, offers, isAllowed) }
      chosen = offers.filter { offer in found.contains { $0.contains(offer.name) } }
    }
    tools = chosen.compactMap { Tool($0.selection, of: document) }
  }

  private static func matching(
    _ pattern: String, _ offers: [Offer], _ isAllowed: (Offer) -> Bool
  ) throws -> Set<String> {
    let matches = offers.filter { fnmatch(pattern, $0.name, 0) == 0 }
    guard let first = matches.first else {
      let nearest = Spelling.nearest(to: pattern, among: offers.map(\.name))
      let hint =
        nearest.map { "; did you mean \($0)?" } ?? "; a * stands for any letters, as in guest.*"
      throw UsageError(
        message: "--tools \(TerminalText.printable(pattern)): no such method" + hint, command: "mcp"
      )
    }
    let names = matches.filter(isAllowed).map(\.name)
    guard !names.isEmpty else {
      throw UsageError(
        message: "--tools \(pattern): \(first.name) needs --allow \(first.capability)",
        command: "mcp")
    }
    return Set(names)
  }

  private struct Offer {
    let name: String
    let capability: String
    let isMutating: Bool

    /// Nil for what anybody may call, even unknown.
    init?(_ method: JSONValue) {
      guard case .string(let name)? = method["name"],
        case .string(let capability)? = method["x-capability"]
      else { return nil }
      (self.name, self.capability) = (name, capability)
      isMutating = method["x-mutating"] == .bool(true)
    }

    var selection: Tool.Selection {
      let effect: Tool.Effect =
        if ToolSelection.adding.contains(name) { .adds } else {
          isMutating || capability != "query" ? .changes : .reads
        }
      return Tool.Selection(name, required: ToolSelection.required[name] ?? [], effect: effect)
    }
  }
}
