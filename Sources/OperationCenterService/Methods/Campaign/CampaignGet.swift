import CampaignEngine
import JSONRPC
import Wire

struct CampaignGet: ServiceMethod {
  static let name = "campaign.get"
  static let summary = "Gives one campaign."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "one that runs",
      params: #"{"campaign_id":"cmp_1"}"#,
      result:
        #"{"id":"cmp_1","name":"VIP and family","status":"running","allowed":["pause","cancel","add_guests"],"enrolment":{"done":5,"total":5}}"#
    )
  ]

  struct Params: WireObject {
    var campaign = CampaignID.none

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("campaign_id", &campaign, "Campaign.")
    }
  }

  typealias Output = CampaignView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> CampaignView {
    CampaignView(params.campaign, try center.campaign(params.campaign))
  }
}

extension OperationCenter {
  func campaign(_ id: CampaignID) throws -> Campaign {
    guard let found = engine.state.find(id) else {
      throw Rejection.notFound(id.wireText, "Campaign")
    }
    return found
  }
}
