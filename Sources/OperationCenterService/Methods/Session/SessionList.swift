import CampaignEngine
import JSONRPC
import Wire

struct SessionList: ServiceLongQuery {
  static let name = "session.list"
  static let summary = "Lists the people whose session window is open now."
  static let errors = [ServiceError.notFound] + ServiceError.ofJobs
  static let examples = [
    MethodExample(
      name: "of one wedding", params: #"{"project_id":"prj_1"}"#,
      result:
        #"{"items":[{"sender_id":"snd_1","phone":"+919812300045","user_id":null,"guest_ids":["gst_1"],"session_window":{"open":true,"closes_at":"2026-11-23T09:49:58.000Z"},"last_inbound_at":"2026-11-22T09:49:58.000Z","subscription":"subscribed","pending":0,"rate":{"available":45,"next_at":null}}]}"#
    )
  ]

  struct Params: WireObject {
    var project: ProjectID?
    var sender: SenderID?
    var paging = Paging()

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Guests of this project.")
      try visit.field("sender_id", &sender, "Or: everybody who wrote to this sender.")
      try paging.fields(&visit)
    }
  }

  typealias Output = Page<SessionView>

  static func start(
    _ params: Params, in center: isolated OperationCenter
  ) throws -> JobStart<Output> {
    let only = center.call.project
    return try center.page { state, now, search in
      try page(params, in: state, at: now, seenBy: only, search)
    }
  }

  private static func page(
    _ params: Params, in state: State, at now: Timestamp, seenBy only: ProjectID?,
    _ search: PageSearch?
  ) throws -> Output {
    if let project = params.project {
      return try page(of: project, params.paging, in: state, at: now, seenBy: only, search)
    }
    guard let sender = params.sender else {
      throw Rejection.invalidParams(
        field: "project_id", reason: "required", "expected project_id or sender_id")
    }
    guard let found = state.find(sender) else {
      throw Rejection.notFound(sender)
    }
    return try params.paging.page(upTo: found.persons.count, search: search) { counter in
      guard found.persons[counter].isWindowOpen(at: now) else { return nil }
      return SessionView(counter, of: sender, in: state, at: now, seenBy: only)
    }
  }

  /// A person who is several guests of the project stands where the first of them does.
  private static func page(
    of project: ProjectID, _ paging: Paging, in state: State, at now: Timestamp,
    seenBy only: ProjectID?, _ search: PageSearch?
  ) throws -> Output {
    guard let found = state.find(project) else {
      throw Rejection.notFound(project)
    }
    let sender = found.row.sender
    return try paging.page(upTo: found.guests.count, search: search) { counter in
      let person = found.guests[counter].person
      guard person != 0, state[sender].persons[person].isWindowOpen(at: now) else { return nil }
      let first = state.guests(of: person, at: sender).last { $0.space == project.counter - 1 }
      return first?.counter == counter
        ? SessionView(person, of: sender, in: state, at: now, seenBy: only) : nil
    }
  }
}
