import CampaignEngine
import JSONRPC
import Wire

struct ExecutionBulkPause: BulkChange {
  static let name = "execution.bulk_pause"
  static let summary = "Holds many executions of a campaign."
  static let details = BulkParams.details
  static let errors =
    [ServiceError.notFound] + ServiceError.ofChanges + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "by ids", params: #"{"campaign_id":"cmp_1","execution_ids":["exe_2"]}"#,
      result:
        #"{"id":"blk_1","campaign_id":"cmp_1","action":"pause","status":"completed","dry_run":false,"counts":{"selected":1,"ok":1,"refused":0,"remaining":0},"items":[{"execution_id":"exe_2","ok":true,"error":null}]}"#
    )
  ]
  typealias Params = BulkParams
  typealias Output = BulkView

  static let action = BulkAction.pause
}
