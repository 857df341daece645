import CampaignEngine
import JSONRPC
import Wire

/// The answer does not wait for the enrolment: `enrolment.done` grows to `total`, and those left out
/// become `skipped` executions.
struct CampaignStart: ServiceMethod {
  static let name = "campaign.start"
  static let summary =
    "Starts a campaign: pins the chatflow's newest version and enrols the audience."
  static let details =
    "Of a scheduled campaign this is the start before its time; a recurring one then runs once, itself, and no longer recurs."
  static let errors =
    [ServiceError.notFound, ServiceError.invalidState, ServiceError.notReady]
    + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "as the preview said: nobody can be written to",
      params: #"{"campaign_id":"cmp_2","expected_eligible":0}"#,
      result:
        #"{"id":"cmp_2","name":"Friends","status":"running","chatflow_version":1,"enrolment":{"done":0,"total":1}}"#
    )
  ]

  struct Params: KeyedParams {
    var campaign = CampaignID.none
    var expectedEligible: Int?
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
      try visit.field(
        "expected_eligible", &expectedEligible,
        "From guest.preview: nothing starts if the number has changed since.",
        .range(0...Int64(UInt32.max)))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    try center.once(Self.self, params) {
      try center.perform(
        StartCampaign(campaign: params.campaign, expectedEligible: params.expectedEligible))
      return CampaignView(params.campaign, center.engine.state[params.campaign])
    }
  }
}
