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
}
