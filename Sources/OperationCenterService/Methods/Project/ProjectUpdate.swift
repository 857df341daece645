import CampaignEngine
import JSONRPC
import Wire

struct ProjectUpdate: ServiceChange {
  static let name = "project.update"
  static let summary = "Changes a project: what is absent stays, null clears."
  static let details =
    "Deadlines that are set stay; what is worked out from now on uses the new times. The first event stays the first, since guests' rsvp is the answer to it; new ones come last. An event can be taken away while no guest has answered for it and no chatflow that may still run names it."
  static let errors = [ServiceError.notFound] + ServiceError.ofChanges
  static let examples = [
    MethodExample(
      name: "a later beginning, and one more function",
      params:
        #"{"project_id":"prj_1","events":[{"key":"wedding","name":"Wedding","starts_at":"2026-12-12T04:00:00.000Z"},{"key":"sangeet","name":"Sangeet","starts_at":"2026-12-11T12:00:00.000Z"},{"key":"brunch","name":"Brunch","starts_at":"2026-12-13T03:00:00.000Z"}],"fields":{"dress":"white"}}"#,
      result:
        #"{"id":"prj_1","sender_id":"snd_1","name":"Meera and Budi","time_zone":"Asia/Jakarta","calling_code":"62","languages":["en","id"],"quiet_hours":null,"events":[{"key":"wedding","name":"Wedding","starts_at":"2026-12-12T04:00:00.000Z"},{"key":"sangeet","name":"Sangeet","starts_at":"2026-12-11T12:00:00.000Z"},{"key":"brunch","name":"Brunch","starts_at":"2026-12-13T03:00:00.000Z"}],"fields":{"card_url":"https://example.com/card.jpg","dress":"white"},"guest_fields":{"table":"number","menu":"choice"},"created_at":"2026-11-22T09:30:00.000Z"}"#
    )
  ]

  struct Params: KeyedParams {
    var project = ProjectID.none
    var name: String?
    var timeZone: String?
    var callingCode = Patch<String>.keep
    var languages = Patch<[String]>.keep
    var quietHours = Patch<QuietHours>.keep
    var events = Patch<[ProjectEvent]>.keep
    var fieldValues = WireMap<Scalar?>()
    var fieldTypes = WireMap<FieldType?>()
    var idempotencyKey: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("project_id", &project, "Project.")
      try visit.field("name", &name, "Name.", .length(1...200))
      try visit.field(
        "time_zone", &timeZone, "IANA time zone, such as Asia/Jakarta.", .length(1...64))
      try visit.field(
        "calling_code", &callingCode, "Country code of numbers written without one, such as 62.",
        .pattern(.callingCode))
      try visit.field(
        "languages", &languages, "Languages of templates, in order of preference.",
        .length(0...50).pattern(.language))
      try visit.field("quiet_hours", &quietHours, "When no conversation is started.")
      try visit.field(
        "events", &events, "All functions, the first being the main one.", .length(0...50))
      try visit.field(
        "fields", &fieldValues, "Values for texts, merged key by key; null clears one.",
        .defaulted.length(0...200))
      try visit.field(
        "guest_fields", &fieldTypes,
        "Types of the guests' custom fields, merged key by key; null makes one a text.",
        .defaulted.length(0...200))
      try visit.idempotencyKey(&idempotencyKey)
    }
  }

  typealias Output = ProjectView

  static func change(_ params: Params, in center: isolated OperationCenter) throws -> ProjectView {
    var change = ProjectChange()
    if let name = params.timeZone {
      change.zone = try ZoneDatabase.rules(named: name, around: center.now, in: "time_zone")
    }
    change.name = params.name
    change.callingCode = params.callingCode.rowText
    change.languages = params.languages.value(cleared: [])
    change.quietHours = params.quietHours
    change.events = params.events.value(cleared: [])
    (change.fieldValues, change.fieldTypes) = (params.fieldValues, params.fieldTypes)
    try center.perform(UpdateProject(project: params.project, change: change))
    return ProjectView(params.project, try center.project(params.project).row)
  }
}
