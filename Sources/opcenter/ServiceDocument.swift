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
    ]
  }

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
