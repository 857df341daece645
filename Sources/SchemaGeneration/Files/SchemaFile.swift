import JSONRPC
import Wire

/// A schema of draft 7 that stands alone: editors read no other, and look into no other file.
///
///     {"$schema": "http://json-schema.org/draft-07/schema#", "title": …, …, "definitions": {…}}
package struct SchemaFile: Sendable {
  /// Without white space.
  package let json: RawJSON

  /// Indented by two spaces, for a file that people read and compare.
  package var pretty: [UInt8] { json.indented() }

  /// - Parameter members: writes what the root is; references lead to what the catalogue has.
  init(
    title: String, description: String, _ catalogue: SchemaCatalogue,
    _ members: (inout JSONWriter) -> Void
  ) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("$schema", "http://json-schema.org/draft-07/schema#")
    writer.member("title", title)
    writer.member("description", description)
    members(&writer)
    writer.key("definitions")
    writer.beginObject()
    writer.components(of: catalogue)
    writer.endObject()
    writer.endObject()
    json = RawJSON(
      validated: Array(
        String(decoding: writer.bytes, as: UTF8.self)
          .replacing(text: "#/components/schemas/", with: "#/definitions/").utf8))
  }
}

extension SchemaField {
  /// By which a file names its schema, for editors.
  static let schemaOfFile = SchemaField(
    name: "$schema", documentation: "Where the schema of this file is, for editors.",
    schema: .text(length: nil, pattern: nil, format: nil), isRequired: false)
}

extension SchemaFile {
  /// Of a file that holds one object of settings.
  package init(ofSettings type: (some WireObject).Type, title: String, description: String) {
    var recorder = SchemaRecorder()
    _ = recorder.schema(of: type)
    do throws(DescriptionFault) {
      let objects = SchemaObjects(recorder.objects)
      guard case .fields(let fields, _) = try objects[type.schemaName].shape else {
        throw DescriptionFault("\(type) is no list of fields.")
      }
      let catalogue = try SchemaCatalogue(sent: fields, objects)
      self.init(title: title, description: description, catalogue) { writer in
        writer.section(
          ObjectSchema(
            title: "", fields: [.schemaOfFile] + fields, keepsUnknownKeys: false, .asRead))
      }
    } catch {
      preconditionFailure(error.description)
    }
  }

  /// Of what the service tells without being asked.
  package init(ofEvents notification: any NotificationDeclaration.Type, title: String) {
    var recorder = SchemaRecorder()
    let told = NotificationDescription(notification, &recorder)
    do throws(DescriptionFault) {
      let objects = SchemaObjects(recorder.objects)
      let documented = try DocumentedNotification(told, objects)
      let catalogue = try SchemaCatalogue([], [documented], objects)
      self.init(title: title, description: documented.summary, catalogue) { writer in
        writer.event(documented)
      }
    } catch {
      preconditionFailure(error.description)
    }
  }
}

extension JSONWriter {
  /// The members of a closed object.
  mutating func section(_ object: ObjectSchema) {
    objectMembers(
      object, Component(schema: .anyValue, description: "", isSent: true, isAnswered: false))
  }

  /// The fields of every event, and the data of each kind. A kind that is not listed is a newer one.
  fileprivate mutating func event(_ notification: DocumentedNotification) {
    let fields = ObjectSchema(
      title: "", fields: notification.params, keepsUnknownKeys: false, .asWritten)
    objectMembers(
      fields, Component(schema: .anyValue, description: "", isSent: false, isAnswered: true))
    array("oneOf", notification.cases.map(Optional.some) + [nil]) { writer, each in
      writer.beginObject()
      writer.member("title", each?.name ?? "another")
      writer.member("description", each?.summary ?? "Of a newer version.")
      writer.key("properties")
      writer.beginObject()
      writer.key("kind")
      writer.beginObject()
      if let each {
        writer.array("enum", [each.name]) { $0.string($1) }
        writer.endObject()
        writer.key("data")
        writer.schema(each.data)
      } else {
        writer.key("not")
        writer.beginObject()
        writer.array("enum", notification.cases.map(\.name)) { $0.string($1) }
        writer.endObject()
        writer.endObject()
      }
      writer.endObject()
      writer.endObject()
    }
  }
}
