import JSONRPC
import Wire

/// What a service offers, as an OpenRPC 1.3 document. `rpc.discover` answers with it, and tools
/// read it from a file.
///
///     {"openrpc": "1.3.2", "info": {…}, "servers": […], "methods": […], "components": {…}}
///
/// The same registry gives the same bytes: methods stand in the order of the registry, named
/// schemas by name.
package struct OpenRPCDocument: Sendable {
  /// Where the service is reached.
  package struct Server: Hashable, Sendable {
    package var name: String
    package var url: String
    package var summary: String

    package init(name: String, url: String, summary: String = "") {
      self.name = name
      self.url = url
      self.summary = summary
    }
  }

  /// Without white space, for an answer.
  package let json: RawJSON

  /// A registry that no document can describe is a mistake in our own code, so it stops the
  /// program with a sentence that names the method.
  package init<Context: Actor>(
    registry: MethodRegistry<Context>, notifications: [any NotificationDeclaration.Type] = [],
    title: String, version: String, description: String, servers: [Server] = []
  ) {
    do throws(DescriptionFault) {
      try self.init(
        checking: registry, notifications, title: title, version: version,
        description: description, servers: servers)
    } catch {
      preconditionFailure(error.description)
    }
  }

  init<Context: Actor>(
    checking registry: MethodRegistry<Context>,
    _ notifications: [any NotificationDeclaration.Type] = [], title: String, version: String,
    description: String, servers: [Server]
  ) throws(DescriptionFault) {
    var recorder = SchemaRecorder()
    let descriptions = registry.describe(into: &recorder)
    let told = notifications.map { NotificationDescription($0, &recorder) }
    for error in ErrorDescription.ofEveryMethod + ErrorDescription.ofAccess {
      _ = error.schema(in: &recorder)
    }
    let objects = SchemaObjects(recorder.objects)
    var methods: [DocumentedMethod] = []
    for description in descriptions {
      methods.append(try DocumentedMethod(description, objects))
    }
    if !methods.contains(where: { $0.name == DocumentedMethod.discover.name }) {
      methods.append(.discover)
    }
    var documented: [DocumentedNotification] = []
    for notification in told {
      documented.append(try DocumentedNotification(notification, objects))
    }
    let catalogue = try SchemaCatalogue(methods, documented, objects)

    var writer = JSONWriter()
    writer.beginObject()
    writer.member("openrpc", "1.3.2")
    writer.key("info")
    writer.beginObject()
    writer.member("title", title)
    writer.member("version", version)
    writer.optionalMember("description", description)
    writer.endObject()
    writer.array("servers", servers) { $0.server($1) }
    writer.array("methods", methods) { $0.method($1) }
    if !documented.isEmpty {
      writer.array("x-notifications", documented) { $0.notification($1) }
    }
    writer.transport()
    writer.components(catalogue)
    writer.endObject()
    json = RawJSON(validated: writer.bytes)
  }

  /// Indented by two spaces, for a file that people read and compare.
  package func pretty() -> [UInt8] {
    json.indented()
  }
}

/// Something in a registry that a document cannot say, or should not.
struct DescriptionFault: Error, Equatable, CustomStringConvertible {
  let description: String

  init(_ sentence: String) {
    description = sentence
  }
}
