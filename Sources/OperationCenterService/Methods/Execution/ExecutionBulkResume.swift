import CampaignEngine
import JSONRPC
import Wire

struct ExecutionBulkResume: BulkChange {
  static let name = "execution.bulk_resume"
  static let summary = "Lets many paused executions of a campaign go on."
  static let details = BulkParams.details
  static let errors =
    [ServiceError.notFound] + ServiceError.ofChanges + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "what would happen",
      params: #"{"campaign_id":"cmp_1","query":"execution.status = waiting","dry_run":true}"#,
      result:
        #"{"id":null,"campaign_id":"cmp_1","action":"resume","status":"completed","dry_run":true,"counts":{"selected":3,"ok":0,"refused":3,"remaining":0},"items":[{"execution_id":"exe_1","ok":false,"error":{"code":1002,"message":"exe_1 is waiting; only paused executions are resumed.","data":{"kind":"invalid_state","id":"exe_1","action":"resume","status":"waiting","allowed":["pause","cancel","reset"]}}},{"execution_id":"exe_2","ok":false,"error":{"code":1002,"message":"exe_2 is waiting; only paused executions are resumed.","data":{"kind":"invalid_state","id":"exe_2","action":"resume","status":"waiting","allowed":["pause","cancel","reset"]}}},{"execution_id":"exe_5","ok":false,"error":{"code":1002,"message":"exe_5 is waiting; only paused executions are resumed.","data":{"kind":"invalid_state","id":"exe_5","action":"resume","status":"waiting","allowed":["pause","cancel","reset"]}}}]}"#
    )
  ]

  struct Params: KeyedParams {
    var selection = BulkParams()
    var isExtended = false
    var idempotencyKey: String? {
      get { selection.idempotencyKey }
      set { selection.idempotencyKey = newValue }
    }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try selection.fields(&visit)
      try visit.field(
        "extend", &isExtended, "Moves deadlines by the length of the pause.", .defaulted)
    }
  }

  typealias Output = BulkView

  static let action = BulkAction.resume
  static func bulk(_ params: Params) -> BulkParams { params.selection }
  static func isExtended(_ params: Params) -> Bool { params.isExtended }
}
