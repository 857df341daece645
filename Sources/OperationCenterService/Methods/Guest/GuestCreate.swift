import CampaignEngine
import JSONRPC
import Wire

/// The values follow the rules of `guest.import`.
struct GuestCreate: ServiceChange {
  static let name = "guest.create"
  static let summary = "Creates one guest."
  static let details =
    "An external_id that another guest has is a conflict. A number that others have is fine, since a family may share a phone; a warning names them."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "one more of the family",
      params:
        #"{"project_id":"prj_1","external_id":"A-007","name":"Tara Rao","phone":"+919812300045","party_size":2,"answers":[{"event":"sangeet","rsvp":"attending","attending_count":2}]}"#,
      result:
        #"{"id":"gst_7","project_id":"prj_1","external_id":"A-007","name":"Tara Rao","phone":"+919812300045","category":null,"language":null,"time_zone":null,"party_size":2,"rsvp":"pending","attending_count":0,"events":[{"key":"wedding","rsvp":"pending","attending_count":0,"answered_at":null},{"key":"sangeet","rsvp":"attending","attending_count":2,"answered_at":null,"answered_by":"operator"}],"tags":[],"fields":{},"subscription":"subscribed","reachable":true,"session_window":{"open":true,"closes_at":"2026-11-23T09:49:58.000Z"},"created_at":"2026-11-22T09:55:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","warnings":[{"code":"shared_phone","field":"phone","guest_ids":["gst_1"],"message":"gst_1 has the same number."}]}"#
    ),
    MethodExample(
      name: "invited to the sangeet only, with two of their three",
      params:
        #"{"project_id":"prj_1","name":"Kiran Rao","phone":"+919812300061","party_size":3,"children":1,"invited_to":["sangeet"],"answers":[{"event":"sangeet","rsvp":"attending","attending_count":2,"children":1}]}"#,
      result:
        #"{"id":"gst_7","project_id":"prj_1","external_id":null,"name":"Kiran Rao","phone":"+919812300061","category":null,"language":null,"time_zone":null,"party_size":3,"rsvp":null,"attending_count":0,"events":[{"key":"wedding","rsvp":null,"attending_count":0,"answered_at":null},{"key":"sangeet","rsvp":"attending","attending_count":2,"answered_at":null,"answered_by":"operator","children":1}],"tags":[],"fields":{},"subscription":"subscribed","reachable":true,"session_window":{"open":false,"closes_at":null},"created_at":"2026-11-22T09:55:00.000Z","updated_at":"2026-11-22T09:55:00.000Z","invited_to":["sangeet"],"children":1,"warnings":[]}"#
    ),
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var row = GuestRow()
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try row.firstFields(&visit)
      try visit.idempotencyKey(&idempotencyKey)
      try row.laterFields(&visit)
    }
  }

  struct Output: WireObject {
    var guest = GuestView()
    var warnings: [GuestWarningView] = []
    static var schemaName: String { "CreatedGuest" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try guest.fields(&visit)
      try visit.field("warnings", &warnings, "What was noticed.")
    }
  }

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let item = try center.perform(
      CreateGuest(
        project: params.project, row: params.row, zones: center.zones(of: [params.row])))
    var output = Output()
    output.guest = GuestView(item.guest, in: center)
    output.warnings = item.warnings.map { GuestWarningView($0) }
    return output
  }
}

extension OperationCenter {
  /// The rules of the zones that rows name; each is looked up once.
  func zones(of rows: [GuestRow]) -> [ZoneRules] {
    var names: Set<String> = []
    for case let name? in rows.map(\.timeZone) where !name.isEmpty { names.insert(name) }
    return names.sorted().compactMap { name in
      engine.state.zone(named: name) ?? ZoneDatabase.rules(named: name, around: now)
    }
  }
}
