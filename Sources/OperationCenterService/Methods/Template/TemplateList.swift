import CampaignEngine
import JSONRPC
import Wire

struct TemplateList: ServiceQuery {
  static let name = "template.list"
  static let summary = "Lists the templates of a project in the order of their creation."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "the first page",
      params: #"{"project_id":"prj_1","limit":2}"#,
      result:
        #"{"items":[{"id":"tpl_1","project_id":"prj_1","name":"wedding_invite","category":"marketing","variants":[{"language":"en","status":"approved","header":null,"body":"Dear {{guest_name}}, join us on {{day}}.","footer":null,"buttons":[{"handle":"yes","title":"Attending"},{"handle":"maybe","title":"Maybe"},{"handle":"no","title":"Sorry"}]},{"language":"id","status":"approved","header":null,"body":"Dear {{guest_name}}, join us on {{day}}.","footer":null,"buttons":[{"handle":"yes","title":"Attending"},{"handle":"maybe","title":"Maybe"},{"handle":"no","title":"Sorry"}]}],"created_at":"2026-11-22T09:30:00.000Z"},{"id":"tpl_2","project_id":"prj_1","name":"rsvp_reminder","category":"marketing","variants":[{"language":"en","status":"approved","header":null,"body":"Will you come, {{guest_name}}?","footer":null,"buttons":[{"handle":"yes","title":"Attending"},{"handle":"no","title":"Sorry"}]},{"language":"id","status":"approved","header":null,"body":"Will you come, {{guest_name}}?","footer":null,"buttons":[{"handle":"yes","title":"Attending"},{"handle":"no","title":"Sorry"}]}],"created_at":"2026-11-22T09:30:00.000Z"}],"next_cursor":"1rl"}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<TemplateView>

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Page<
    TemplateView
  > {
    let templates = try center.project(params.project).templates
    let space = params.project.counter - 1
    return try params.paging.page(upTo: templates.count) { counter in
      let row = templates[counter: counter]
      return row.isDeleted
        ? nil : TemplateView(TemplateID(space: space, counter: counter), row)
    }
  }
}
