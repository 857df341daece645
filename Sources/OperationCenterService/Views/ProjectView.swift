import CampaignEngine
import Wire

package struct ProjectView: WireObject {
  package var id = ProjectID.none
  package var sender = SenderID.none
  package var name = ""
  package var timeZone = ""
  package var callingCode: String?
  package var languages: [String] = []
  package var quietHours: QuietHours?
  package var events: [ProjectEvent] = []
  package var fieldValues = WireMap<Scalar>()
  package var fieldTypes = WireMap<FieldType>()
  package var createdAt = Timestamp.zero

  package init() {}

  init(_ id: ProjectID, _ row: Project) {
    self.id = id
    (sender, name, timeZone) = (row.sender, row.name, row.timeZone)
    callingCode = row.callingCode.isEmpty ? nil : row.callingCode
    (languages, quietHours) = (row.languages, row.quietHours)
    events = row.presentEvents.map(\.event)
    (fieldValues, fieldTypes, createdAt) = (row.fieldValues, row.fieldTypes, row.createdAt)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.field("sender_id", &sender, "The number that writes to its guests.")
    try visit.field("name", &name, "Name.")
    try visit.field("time_zone", &timeZone, "IANA time zone.")
    try visit.field("calling_code", &callingCode, "Country code of numbers written without one.")
    try visit.field("languages", &languages, "Languages of templates, in order of preference.")
    try visit.field("quiet_hours", &quietHours, "When no conversation is started.")
    try visit.field("events", &events, "Functions; the first is the main one.")
    try visit.field("fields", &fieldValues, "Values for texts: {{project.fields.NAME}}.")
    try visit.field("guest_fields", &fieldTypes, "Declared types of the guests' custom fields.")
    try visit.field("created_at", &createdAt, "When it was created.")
  }
}
