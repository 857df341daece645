import ModelContext
import SchemaGeneration
import Testing
import Wire

@testable import opcenter

struct ToolSelectionTests {
  private static func names(_ patterns: [String] = [], allow: [String] = []) throws -> Set<String> {
    let selection = try ToolSelection(
      of: ServiceDocument.document.json, patterns: patterns, allowed: allow)
    return Set(selection.tools.map(\.name))
  }

  /// Capability of each method.
  private static let capabilities: [String: String] = {
    let document = try? JSON.decode(JSONValue.self, from: ServiceDocument.document.json.bytes)
    guard case .array(let methods)? = document?["methods"] else { return [:] }
    var found: [String: String] = [:]
    for case .string(let name)? in methods.map({ $0["name"] }) {
      let method = methods.first { $0["name"] == .string(name) }
      if case .string(let capability)? = method?["x-capability"] { found[name] = capability }
    }
    return found
  }()

  @Test func `without options a model gets about fifteen tools, and all of them only read`() throws
  {
    let names = try Self.names()
    #expect(names == Set(ToolSelection.reading))
    #expect((14...18).contains(names.count))
    #expect(names.allSatisfy { Self.capabilities[$0] == "query" })
  }

  @Test func `changes come with --allow operate`() throws {
    let names = try Self.names(allow: ["operate"])
    #expect(names == Set(ToolSelection.reading + ToolSelection.operating))
    #expect(ToolSelection.operating.allSatisfy { Self.capabilities[$0] == "operate" })
  }

  @Test(arguments: [
    (["guest.*"], [], ["guest.get", "guest.list", "guest.preview", "guest.erasure_status"]),
    (["guest.list", "*.cost"], [], ["guest.list", "stats.cost"]),
    (
      ["project.*"], ["operate"],
      [
        "project.create", "project.get", "project.list", "project.update", "project.delete",
      ]
    ),
    (["guest.e*"], ["administer"], ["guest.erase", "guest.erasure_status", "guest.export"]),
  ])
  func `patterns choose among what is allowed`(
    _ patterns: [String], _ allow: [String], _ names: [String]
  ) throws {
    #expect(try Self.names(patterns, allow: allow) == Set(names))
  }

  @Test func `whatever is allowed, nothing is a tool that belongs to a connection`() throws {
    let all = try Self.names(["*"], allow: ["operate", "ingest", "administer"])
    #expect(all.isDisjoint(with: ToolSelection.withheld))
    #expect(all.union(ToolSelection.withheld) == Set(ServiceDocument.methodNames))
  }

  @Test(arguments: [
    (["guset.list"], [], "guest.list"), (["nothing*at*all"], [], "guest.*"),
    (["guest.erase"], [], "--allow administer"), (["guest.create"], ["ingest"], "--allow operate"),
    (["events.subscribe"], ["operate"], "no such method"), ([], ["administer"], "--tools"),
  ])
  func `a choice that gives nothing says what would`(
    _ patterns: [String], _ allow: [String], _ hint: String
  ) {
    #expect {
      try Self.names(patterns, allow: allow)
    } throws: { error in
      (error as? UsageError)?.message.contains(hint) == true
    }
  }

  @Test func `names that are written down here are names of methods`() throws {
    let known = Set(ServiceDocument.methodNames)
    let listed =
      Set(ToolSelection.reading + ToolSelection.operating).union(ToolSelection.withheld)
      .union(ToolSelection.adding).union(ToolSelection.required.keys)
    #expect(listed.subtracting(known) == [])
  }

  /// A model that is sent to a tool finds it.
  @Test func `texts for a model speak of tools that it has`() throws {
    let names = try Self.names()
    let prompts = ModelContextWords.prompts
    for text in [ModelContextWords.instructions] + prompts.map(\.text) {
      let mentioned = text.matches(of: /\b[a-z]+\.[a-z_]+\b/).map { String($0.output) }
      let tools = mentioned.filter { $0 != "content.text" }
      #expect(!tools.isEmpty)
      #expect(Set(tools).subtracting(names) == [])
    }
    for prompt in prompts {
      for argument in prompt.arguments { #expect(prompt.text.contains("{\(argument.name)}")) }
    }
  }
}
