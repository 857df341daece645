import CampaignEngine
import Gateways
import JSONRPC
import Wire

/// Whoever has access to the account reads the list and gives it here as it came.
struct TemplateSync: ServiceChange {
  static let name = "template.sync"
  static let summary =
    "Takes over the list of templates that WhatsApp holds; a row that cannot be held is refused alone."
  static let details =
    "Rows are what GET /{WABA_ID}/message_templates has under data, each a language of a template: a page of 100, or several pages joined, up to 6,000 rows. What is new is created and what differs is changed, status and category among it; nothing is deleted. Places keep the names that WhatsApp gives them, and those of a positional template their numbers: a chatflow's parameters name \"1\" and \"2\" then, and \"h\" for a place of the header whose number the body has too. Quick replies keep their handles, by title and then by place, also from another language; a new one is named after its title. Links and calls are kept too; a link that ends with a place takes the parameter \"link\", a second one \"link_2\". Media headers are images, videos or documents. Other buttons, headers and components are refused, since a chatflow cannot fill them. Where languages differ in category, the first of marketing, utility and authentication holds; a call that does not list all current languages of a template can only move it towards marketing. A row that cannot be held is refused alone, and so is a second row of the same name and language; where a bound refuses the whole template, all its rows are refused. A row of another shape refuses the whole call, with its path: a known key with a wrong type or too long a value, or no name, language, status or category. complete means the whole account in one call, so all pages joined; only rows of templates that the project does not have may be left out. FLAGGED, LOCKED and IN_APPEAL count as paused, ARCHIVED and DELETED as disabled, so that their messages wait."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "other words in one language, and a button with a code to copy",
      params:
        #"{"project_id":"prj_1","templates":[{"id":"920070300000001","name":"rsvp_reminder","language":"en","status":"APPROVED","category":"MARKETING","parameter_format":"NAMED","components":[{"type":"BODY","text":"Dear {{guest_name}}, will you come?"},{"type":"BUTTONS","buttons":[{"type":"QUICK_REPLY","text":"Gladly"},{"type":"QUICK_REPLY","text":"Sorry"}]}]},{"id":"920070300000002","name":"gift_list","language":"en","status":"APPROVED","category":"UTILITY","components":[{"type":"BODY","text":"Our gift list."},{"type":"BUTTONS","buttons":[{"type":"COPY_CODE","text":"Copy","example":"GIFT26"}]}]}]}"#,
      result:
        #"{"counts":{"rows":2,"created":0,"updated":1,"unchanged":0,"refused":1,"missing":0},"items":[{"row":0,"name":"rsvp_reminder","language":"en","result":"updated","template_id":"tpl_2","changed":["body","buttons"],"error":null},{"row":1,"name":"gift_list","language":"en","result":"refused","template_id":null,"changed":[],"error":{"path":"params.templates[1].components[1].buttons[0].type","reason":"unsupported","message":"expected one of QUICK_REPLY, URL, PHONE_NUMBER, FLOW; found \"COPY_CODE\""}}],"as_of":{"sequence":99,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var templates: [ListedTemplate] = []
    var isComplete = false
    var isDryRun = false
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field(
        "templates", &templates, "As WhatsApp lists them, at most 6,000 rows a call.",
        .length(1...Limits.templateRows))
      try visit.field(
        "complete", &isComplete,
        "This one call lists all that the account has: what is approved here and not in it becomes disabled.",
        .defaulted)
      try visit.field(
        "dry_run", &isDryRun, "Says what would happen and changes nothing.", .defaulted)
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  struct Output: WireObject {
    var counts = Counts()
    var items: [Item] = []
    var asOf = AsOf()
    static var schemaName: String { "TemplateSyncResult" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("counts", &counts, "Items by result.")
      try visit.field("items", &items, "One a row, in order, and then what is missing.")
      try visit.field("as_of", &asOf, "When this was true.")
    }
  }

  struct Counts: WireObject {
    var rows = 0, created = 0, updated = 0, unchanged = 0, refused = 0, missing = 0
    static var schemaName: String { "TemplateSyncCounts" }

    init() {}

    init(_ items: [SyncTemplates.Item]) {
      func count(_ result: SyncTemplates.RowResult) -> Int { items.count { $0.result == result } }
      (rows, created, updated) = (items.count { $0.row != nil }, count(.created), count(.updated))
      (unchanged, refused, missing) = (count(.unchanged), count(.refused), count(.missing))
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("rows", &rows, "All.")
      try visit.field("created", &created, "New templates, and new languages of those known.")
      try visit.field("updated", &updated, "Languages that changed.")
      try visit.field("unchanged", &unchanged, "Languages that were like this already.")
      try visit.field("refused", &refused, "Rows that could not be used.")
      try visit.field("missing", &missing, "Languages that are disabled, as no row tells of them.")
    }
  }

  struct Item: WireObject {
    var row: Int?
    var name = ""
    var language = ""
    var result = SyncTemplates.RowResult.refused
    var template: TemplateID?
    var changed: [String] = []
    var error: RowFaultView?
    static var schemaName: String { "TemplateSyncItem" }

    init() {}

    init(_ item: SyncTemplates.Item) {
      (row, name, language, result) = (item.row, item.name, item.language, item.result)
      (template, changed) = (item.template, item.changed)
      if let row, let fault = item.fault {
        error = RowFaultView(fault, row: row, of: "templates")
      }
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("row", &row, "Index of the row, from 0; null for what is missing.")
      try visit.field("name", &name, "Name of the template.")
      try visit.field("language", &language, "Language code.")
      try visit.field("result", &result, "What became of it.")
      try visit.field("template_id", &template, "Template, where the project has it.")
      try visit.field("changed", &changed, "Fields that changed.")
      try visit.field("error", &error, "Why the row was refused.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let items = try center.perform(
      SyncTemplates(
        project: params.project, rows: params.templates.map(\.row),
        isComplete: params.isComplete, isDryRun: params.isDryRun))
    var output = Output()
    (output.counts, output.items) = (Counts(items), items.map { Item($0) })
    output.asOf = center.asOf
    return output
  }
}
