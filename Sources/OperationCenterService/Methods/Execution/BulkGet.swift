import CampaignEngine
import JSONRPC
import Wire

struct BulkGet: ServiceQuery {
  static let name = "bulk.get"
  static let summary = "Says how far a bulk operation is, with a page of its results."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "what was refused, and why", params: #"{"bulk_id":"blk_1"}"#,
      result:
        #"{"id":"blk_1","campaign_id":"cmp_1","action":"retry","status":"completed","dry_run":false,"counts":{"selected":2,"ok":1,"refused":1,"remaining":0},"items":[{"execution_id":"exe_4","ok":true,"error":null},{"execution_id":"exe_2","ok":false,"error":{"code":1002,"message":"exe_2 is waiting; only failed or skipped executions are retried.","data":{"kind":"invalid_state","id":"exe_2","action":"retry","status":"waiting","allowed":["pause","cancel","reset"]}}}]}"#
    )
  ]

  struct Params: WireObject {
    var bulk = BulkID.none
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("bulk_id", &bulk, "Bulk operation.")
      try paging.fields(&visit)
    }
  }

  struct Output: WireObject {
    var bulk = BulkView()
    var nextCursor: String?
    static var schemaName: String { "BulkPage" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try bulk.fields(&visit)
      try visit.field(
        "next_cursor", &nextCursor, "Give it as cursor for the next page; absent on the last.",
        .omittable)
    }
  }

  /// Results appear as they come: a page of a running operation may be followed by more later.
  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let state = center.engine.state
    guard let found = state.find(params.bulk) else {
      throw Rejection.notFound(params.bulk)
    }
    let page = try params.paging.page(upTo: UInt32(found.done)) { counter in
      BulkItemView(found.items[counter], found.row, space: params.bulk.space, in: state)
    }
    var output = Output()
    output.bulk = BulkView(params.bulk, in: state, items: page.items)
    output.nextCursor = page.nextCursor
    return output
  }
}
