import Wire

/// What the server says without being asked, for the schema.
package protocol NotificationDeclaration: SendableMetatype {
  associatedtype Params: WireObject
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }
  /// Where one param has a form for each value of another.
  static var cases: [NotificationCase] { get }
}

/// One kind of a notification, and what its data holds.
package struct NotificationCase: Sendable {
  package let name: String
  package let summary: String
  package let data: any WireObject.Type

  package init(name: String, summary: String, data: any WireObject.Type) {
    (self.name, self.summary, self.data) = (name, summary, data)
  }
}

/// What a schema needs to know of one notification.
package struct NotificationDescription: Sendable {
  package let name: String
  package let summary: String
  /// A reference to the object of the recorder whose fields are the params.
  package let params: Schema
  package let cases: [(name: String, summary: String, data: Schema)]

  package init(
    _ notification: (some NotificationDeclaration).Type, _ recorder: inout SchemaRecorder
  ) {
    name = notification.name
    summary = notification.summary
    params = Self.params(notification, &recorder)
    var cases: [(name: String, summary: String, data: Schema)] = []
    for each in notification.cases {
      cases.append((each.name, each.summary, Self.schema(each.data, &recorder)))
    }
    self.cases = cases
  }

  private static func params<Declaration: NotificationDeclaration>(
    _ notification: Declaration.Type, _ recorder: inout SchemaRecorder
  ) -> Schema { recorder.schema(of: Declaration.Params.self) }

  private static func schema(
    _ type: (some WireObject).Type, _ recorder: inout SchemaRecorder
  ) -> Schema { recorder.schema(of: type) }
}

/// A request without an id, from the server (JSON-RPC 2.0 section 4.1), as bytes without framing.
package enum Notification {
  package static func encode<Declaration: NotificationDeclaration>(
    _ notification: Declaration.Type, _ params: Declaration.Params
  ) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("jsonrpc")
    writer.raw("\"2.0\"")
    writer.key("method")
    writer.string(Declaration.name)
    writer.key("params")
    params.write(&writer)
    writer.endObject()
    return writer.bytes
  }
}
