import JSONRPC
import Wire

extension SchemaFile {
  /// Of a file that `opcenter run` takes: a chatflow, and what it needs around it, each section as the
  /// method takes it that makes such a thing.
  package init<Context: Actor>(
    ofChatflows registry: MethodRegistry<Context>, simulator: (some WireObject).Type,
    title: String, description: String
  ) {
    do throws(DescriptionFault) {
      try self.init(registry, simulator, title, description)
    } catch {
      preconditionFailure(error.description)
    }
  }

  private init<Context: Actor>(
    _ registry: MethodRegistry<Context>, _ simulator: (some WireObject).Type, _ title: String,
    _ description: String
  ) throws(DescriptionFault) {
    var recorder = SchemaRecorder()
    let methods = registry.describe(into: &recorder)
    let settings = recorder.schema(of: simulator)
    let objects = SchemaObjects(recorder.objects)
    func fields(_ name: String, without: Set<String>) throws(DescriptionFault) -> [SchemaField] {
      guard let method = methods.first(where: { $0.name == name }),
        case .reference(let params) = method.params,
        case .fields(let fields, _) = try objects[params].shape
      else { throw DescriptionFault("\(name) makes no section of a chatflow file.") }
      return fields.filter { !without.contains($0.name) && $0.name != "idempotency_key" }
    }
    let flow = try fields("chatflow.create", without: ["project_id"])
    let sections = [
      (
        "sender", "Who sends; a simulated number if absent.",
        try fields("sender.create", without: [])
      ),
      ("project", "The wedding, say.", try fields("project.create", without: ["sender_id"])),
      (
        "campaign", "How it is sent.",
        try fields("campaign.create", without: ["project_id", "chatflow_id"])
      ),
    ]
    let template = try fields("template.create", without: ["project_id"])
    let simulated = SchemaField(
      name: "simulator", documentation: "How the simulated guests behave.", schema: settings,
      isRequired: false)
    let sent = flow + sections.flatMap(\.2) + template + [simulated]
    let catalogue = try SchemaCatalogue(sent: sent, objects)
    self.init(title: title, description: description, catalogue) { writer in
      var root = ObjectSchema(
        title: "", fields: [.schemaOfFile] + flow + [simulated], keepsUnknownKeys: false, .asRead)
      for (name, documentation, fields) in sections {
        // Sections are filled up by whoever reads the file, but a project says what it is.
        let object = ObjectSchema(
          title: name, fields: fields, keepsUnknownKeys: false, .asRead,
          isPartial: name != "project", description: documentation)
        root.properties.append(
          ObjectSchema.Property(name, isRequired: name == "project", .object(object)))
      }
      let object = ObjectSchema(
        title: "template", fields: template, keepsUnknownKeys: false, .asRead,
        description: "A message that WhatsApp approved.")
      root.properties.append(ObjectSchema.Property("templates", isRequired: false, .list(object)))
      writer.section(root)
    }
  }
}
