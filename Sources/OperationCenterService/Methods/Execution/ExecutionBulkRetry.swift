import CampaignEngine
import JSONRPC
import Wire

struct ExecutionBulkRetry: BulkChange {
  static let name = "execution.bulk_retry"
  static let summary = "Lets many executions of a campaign that failed or were skipped go on."
  static let details = BulkParams.details
  static let errors =
    [ServiceError.notFound] + ServiceError.ofChanges + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "by ids", params: #"{"campaign_id":"cmp_1","execution_ids":["exe_4","exe_2"]}"#,
      result:
        #"{"id":"blk_1","campaign_id":"cmp_1","action":"retry","status":"completed","dry_run":false,"counts":{"selected":2,"ok":1,"refused":1,"remaining":0},"items":[{"execution_id":"exe_4","ok":true,"error":null},{"execution_id":"exe_2","ok":false,"error":{"code":1002,"message":"exe_2 is waiting; only failed or skipped executions are retried.","data":{"kind":"invalid_state","id":"exe_2","action":"retry","status":"waiting","allowed":["pause","cancel","reset"]}}}]}"#
    )
  ]
  typealias Params = BulkParams
  typealias Output = BulkView

  static let action = BulkAction.retry
}
