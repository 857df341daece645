import CampaignEngine
import JSONRPC
import Wire

struct ProjectCreate: ServiceChange {
  static let name = "project.create"
  static let isOfWhole = true
  static let summary = "Creates a project: one wedding, one launch, with its functions."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a wedding with quiet nights",
      params:
        #"{"sender_id":"snd_1","name":"Ratna and Yoga","time_zone":"Asia/Jakarta","calling_code":"62","languages":["id"],"quiet_hours":{"from":"21:00","to":"08:00"},"events":[{"key":"wedding","name":"Wedding","starts_at":"2027-03-06T03:00:00.000Z"}]}"#,
      result:
        #"{"id":"prj_3","sender_id":"snd_1","name":"Ratna and Yoga","time_zone":"Asia/Jakarta","calling_code":"62","languages":["id"],"quiet_hours":{"from":"21:00","to":"08:00"},"events":[{"key":"wedding","name":"Wedding","starts_at":"2027-03-06T03:00:00.000Z"}],"fields":{},"guest_fields":{},"created_at":"2026-11-22T09:55:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var sender = SenderID.none
    var name = ""
    var timeZone = ""
    var callingCode: String?
    var languages: [String] = []
    var quietHours: QuietHours?
    var events: [ProjectEvent] = []
    var fieldValues = WireMap<Scalar>()
    var fieldTypes = WireMap<FieldType>()
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("sender_id", &sender, "The number that writes to its guests, for good.")
      try visit.field("name", &name, "Name.", .length(1...200))
      try visit.field(
        "time_zone", &timeZone, "IANA time zone, such as Asia/Jakarta.", .length(1...64))
      try visit.field(
        "calling_code", &callingCode, "Country code of numbers written without one, such as 62.",
        .pattern(.callingCode))
      try visit.field(
        "languages", &languages, "Languages of templates, in order of preference.",
        .defaulted.length(0...50).pattern(.language))
      try visit.field(
        "quiet_hours", &quietHours, "When no conversation is started, on the guests' clocks.")
      try visit.field(
        "events", &events, "Functions; the first is the main one.", .defaulted.length(0...50))
      try visit.field(
        "fields", &fieldValues, "Values for texts: {{project.fields.NAME}}.",
        .defaulted.length(0...200))
      try visit.field(
        "guest_fields", &fieldTypes,
        "Declared types of the guests' custom fields; others are text.",
        .defaulted.length(0...200))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = ProjectView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ProjectView {
    let zone = try ZoneDatabase.rules(
      named: params.timeZone, around: center.now, in: "time_zone")
    var row = Project()
    (row.sender, row.name, row.timeZone) = (params.sender, params.name, params.timeZone)
    (row.callingCode, row.languages) = (params.callingCode ?? "", params.languages)
    (row.quietHours, row.events) = (params.quietHours, params.events)
    (row.fieldValues, row.fieldTypes) = (params.fieldValues, params.fieldTypes)
    let id = try center.perform(CreateProject(row: row, zone: zone))
    return ProjectView(id, center.engine.state.project(of: id.counter - 1).row)
  }
}
