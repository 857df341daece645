import JSONRPC
import Wire

/// One notification as the document shows it. OpenRPC knows none that a server sends, so they stand
/// under `x-notifications`, described as methods are.
struct DocumentedNotification {
  let name: String
  let summary: String
  let params: [SchemaField]
  let cases: [(name: String, summary: String, data: Schema)]

  init(
    _ notification: NotificationDescription, _ objects: SchemaObjects
  ) throws(DescriptionFault) {
    guard case .reference(let name) = notification.params,
      case .fields(let fields, keepsUnknownKeys: false) = try objects[name].shape
    else { throw DescriptionFault("The params of \(notification.name) are no list of fields.") }
    self.name = notification.name
    summary = notification.summary
    params = fields
    cases = notification.cases
  }
}

extension JSONWriter {
  mutating func notification(_ notification: DocumentedNotification) {
    beginObject()
    member("name", notification.name)
    member("summary", notification.summary)
    member("paramStructure", "by-name")
    array("params", notification.params) { writer, field in
      writer.beginObject()
      writer.member("name", field.name)
      writer.optionalMember("description", field.description)
      writer.key("required")
      writer.bool(Presence.asWritten.requires(field))
      writer.key("schema")
      writer.schema(field.schema)
      writer.endObject()
    }
    if !notification.cases.isEmpty {
      array("x-kinds", notification.cases) { writer, each in
        writer.beginObject()
        writer.member("kind", each.name)
        writer.member("summary", each.summary)
        writer.key("data")
        writer.schema(each.data)
        writer.endObject()
      }
    }
    endObject()
  }
}
