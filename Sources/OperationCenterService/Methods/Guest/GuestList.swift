import CampaignEngine
import JSONRPC
import Wire

struct GuestList: ServiceLongQuery {
  static let name = "guest.list"
  static let summary =
    "Lists the guests of a project that match a filter, in the order of their creation."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "Families of more than two, in the language of conditions",
      params:
        #"{"project_id":"prj_1","guest_filter":{"query":"category = family AND party_size > 2"}}"#,
      result:
        #"{"items":[{"id":"gst_2","project_id":"prj_1","external_id":"A-002","name":"Budi Santoso","phone":"+6281230000077","category":"family","language":"id","time_zone":null,"party_size":4,"rsvp":"pending","attending_count":0,"events":[{"key":"wedding","rsvp":"pending","attending_count":0,"answered_at":null},{"key":"sangeet","rsvp":"pending","attending_count":0,"answered_at":null}],"tags":[],"fields":{},"subscription":"subscribed","reachable":true,"session_window":{"open":false,"closes_at":null},"created_at":"2026-11-22T09:30:00.000Z","updated_at":"2026-11-22T09:30:00.000Z"},{"id":"gst_5","project_id":"prj_1","external_id":"A-005","name":"Dewi Lestari","phone":"+6281230000120","category":"family","language":null,"time_zone":null,"party_size":3,"rsvp":"pending","attending_count":0,"events":[{"key":"wedding","rsvp":"pending","attending_count":0,"answered_at":null},{"key":"sangeet","rsvp":"pending","attending_count":0,"answered_at":null}],"tags":[],"fields":{},"subscription":"subscribed","reachable":true,"session_window":{"open":false,"closes_at":null},"created_at":"2026-11-22T09:30:00.000Z","updated_at":"2026-11-22T09:30:00.000Z"}]}"#
    )
  ]

  struct Params: WireObject {
    var project = ProjectID.none
    var guestFilter = GuestFilter()
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("guest_filter", &guestFilter, "Which guests; all if absent.", .defaulted)
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<GuestView>

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    try center.page { state, now, search in try page(params, in: state, at: now, search) }
  }

  private static func page(
    _ params: Params, in state: State, at now: Timestamp, _ search: PageSearch?
  ) throws -> Output {
    guard let project = state.find(params.project) else {
      throw Rejection.notFound(params.project)
    }
    let predicate = GuestPredicate(params.guestFilter, project: project)
    try predicate.check(field: "guest_filter")
    let space = params.project.counter - 1
    return try params.paging.page(
      upTo: project.guests.count, testing: predicate.weight, search: search
    ) { counter in
      let id = GuestID(space: space, counter: counter)
      let row = project.guests[counter]
      guard !row.isDeleted, !row.isTester, predicate.matches(id, in: state),
        !predicate.excluded.contains(id)
      else {
        return nil
      }
      return GuestView(id, in: state, at: now)
    }
  }
}
