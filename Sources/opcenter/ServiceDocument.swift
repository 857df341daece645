import CampaignEngine
import Gateways
import JSONRPC
import OperationCenterService
import SchemaGeneration
import Wire

/// The version of the program and of its methods.
let programVersion = "0.1.0"

/// The description of all methods, rendered once it is asked for.
enum ServiceDocument {
  static let document = OpenRPCDocument(
    registry: MethodRegistry<OperationCenter>.all,
    notifications: [EventNotification.self, StatsNotification.self],
    title: "Operation Center",
    version: programVersion,
    description:
      "Campaigns of WhatsApp invitations: guest lists, chatflows, executions, statistics.")

  static let methodNames = MethodRegistry<OperationCenter>.all.entries.map(\.name)

  /// As the committed file has it.
  static var file: [UInt8] { document.pretty() }

  static let json: @Sendable () -> RawJSON = { document.json }

  /// Of the committed file.
  static let digest = Hexadecimal.text(SHA256.hash(file))

  /// Everything that stands in the folder `schema`, by name.
  static var files: [(name: String, bytes: [UInt8])] {
    [
      ("openrpc.json", file), ("chatflow.schema.json", chatflows.pretty),
      ("events.schema.json", events.pretty), ("simulator.schema.json", simulator.pretty),
      ("README.md", Array(page.utf8)),
    ]
  }

  private static var page: String {
    let nodes = NodeType.allCases.map { type in
      SchemaPage.NodeKind(
        name: type.rawValue, summary: type.content.summary, example: type.content.example)
    }
    do throws(WireError) {
      return try SchemaPage(of: document, nodes: nodes, preface: preface).text
    } catch {
      preconditionFailure("The document is no JSON: \(error)")
    }
  }

  private static let preface = """
    # Methods, chatflows, events and refusals

    Written by `opcenter schema`, as `openrpc.json` and the other files here. Version \(programVersion).

    Requests are JSON-RPC 2.0, params by name or by position. Unknown params, keys and words are refused.
    Answers may grow within a version: further fields, words, kinds of events and of refusals, and further
    methods. What is there keeps its name, its type and its meaning.

    """

  private static var chatflows: SchemaFile {
    SchemaFile(
      ofChatflows: MethodRegistry<OperationCenter>.all, simulator: SimulatorSettings.self,
      title: "Chatflow file",
      description: "A chatflow with its project and templates, as opcenter run takes it.")
  }

  private static var events: SchemaFile {
    SchemaFile(ofEvents: EventNotification.self, title: "Event")
  }

  private static var simulator: SchemaFile {
    SchemaFile(
      ofSettings: SimulatorSettings.self, title: "Simulator settings",
      description: "How simulated guests and the simulated WhatsApp behave.")
  }
}
