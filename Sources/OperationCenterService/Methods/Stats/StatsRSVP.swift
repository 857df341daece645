import CampaignEngine
import JSONRPC
import Wire

struct StatsRSVP: ServiceQuery {
  static let name = "stats.rsvp"
  static let summary =
    "Gives the answers for each event of a project, of the whole list or of a campaign's audience."
  static let details =
    "A project without events has one answer a guest, whose event is null. An event counts those who are invited to it: its guests by answer add up to them, and so do its lists by category."
  static let errors = [ServiceError.notFound]
  static let examples = [
    MethodExample(
      name: "who comes",
      params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"campaign_id":null,"project_id":"prj_1","total":6,"events":[{"event":"wedding","name":"Wedding","guests":{"pending":5,"attending":1,"declined":0,"maybe":0},"heads":{"invited":12,"attending":1,"pending":10,"declined":1,"maybe":0},"by_category":[{"category":"vip","guests":{"pending":0,"attending":1,"declined":0,"maybe":0},"heads":{"invited":2,"attending":1,"pending":0,"declined":1,"maybe":0}},{"category":"family","guests":{"pending":3,"attending":0,"declined":0,"maybe":0},"heads":{"invited":8,"attending":0,"pending":8,"declined":0,"maybe":0}},{"category":"friends","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}},{"category":"crew","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}}]},{"event":"sangeet","name":"Sangeet","guests":{"pending":6,"attending":0,"declined":0,"maybe":0},"heads":{"invited":12,"attending":0,"pending":12,"declined":0,"maybe":0},"by_category":[{"category":"vip","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":2,"attending":0,"pending":2,"declined":0,"maybe":0}},{"category":"family","guests":{"pending":3,"attending":0,"declined":0,"maybe":0},"heads":{"invited":8,"attending":0,"pending":8,"declined":0,"maybe":0}},{"category":"friends","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}},{"category":"crew","guests":{"pending":1,"attending":0,"declined":0,"maybe":0},"heads":{"invited":1,"attending":0,"pending":1,"declined":0,"maybe":0}}]}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
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
