import CampaignEngine
import JSONRPC
import Wire

struct StatsRSVP: ServiceMethod {
  static let name = "stats.rsvp"
  static let summary =
    "Gives the answers for each event of a project, of the whole list or of a campaign's audience."
  static let details =
    "A project without events has one answer a guest, whose event is null. Each list adds up to the guests above it."
  static let isMutating = false
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "who comes",
      params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"campaign_id":null,"project_id":"prj_1","total":6,"events":[{"event":"wedding","guests":{"pending":5,"attending":1,"declined":0,"maybe":0},"heads":{"invited":12,"attending":1}},{"event":"sangeet","guests":{"pending":6,"attending":0,"declined":0,"maybe":0}}]}"#
    )
  ]
  typealias Params = StatsParams
  typealias Output = RSVPStatsView

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> RSVPStatsView {
    var view = RSVPStatsView(try params.scope.resolved(in: center))
    view.asOf = center.asOf
    return view
  }
}
