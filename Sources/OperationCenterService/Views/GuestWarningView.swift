import CampaignEngine
import Wire

/// What was noticed about a guest that is created or updated.
package struct GuestWarningView: WireObject {
  package var code = ""
  package var field = ""
  package var guests: [GuestID] = []
  package var message = ""
  package var readings: [Phone]?

  package init() {}

  init(_ warning: ImportWarning) {
    (code, field) = (warning.code, warning.field)
    (guests, message) = (warning.guests, warning.message)
    readings = warning.readings.isEmpty ? nil : warning.readings
  }

  package static var schemaName: String { "GuestImportWarning" }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "code", &code,
      "A word for programs: shared_phone, possible_same_guest, matched_by_name, kept_answer, kept_opt_out, marketing_stopped, above_party."
    )
    try visit.field("field", &field, "Field that it is about.")
    try visit.field("guest_ids", &guests, "Other guests that it is about.")
    try visit.field("message", &message, "For people.")
    try visit.field(
      "readings", &readings, "Numbers that an ambiguous phone may mean; the first was taken.",
      .omittable)
  }
}
