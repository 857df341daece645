import CampaignEngine
import JSONRPC
import Wire

struct TemplateList: ServiceMethod {
  static let name = "template.list"
  static let summary = "Lists the templates of a project in the order of their creation."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "the first page",
      params: #"{"project_id":"prj_1","limit":2}"#,
      result:
        #"{"items":[{"id":"tpl_1","name":"wedding_invite"},{"id":"tpl_2","name":"rsvp_reminder"}],"next_cursor":"1rl"}"#
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
    return try params.paging.page(upTo: UInt32(templates.count)) { counter in
      let row = templates[Int(counter) - 1]
      return row.isDeleted
        ? nil : TemplateView(TemplateID(space: space, counter: counter), row)
    }
  }
}
