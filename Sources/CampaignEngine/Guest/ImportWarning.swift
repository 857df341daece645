/// What was noticed about a row, which was taken all the same.
package struct ImportWarning: Sendable, Equatable {
  package var code = ""
  package var field = ""
  package var guests: [GuestID] = []
  package var message = ""
  /// Numbers that a phone may mean; the first was taken.
  package var readings: [Phone] = []

  package init(
    code: String, field: String, guests: [GuestID] = [], message: String, readings: [Phone] = []
  ) {
    (self.code, self.field, self.guests) = (code, field, guests)
    (self.message, self.readings) = (message, readings)
  }

  package static let marketingStopped = ImportWarning(
    code: "marketing_stopped", field: "subscription",
    message:
      "WhatsApp still shows this person no marketing of the number; they alone can resume it, in WhatsApp, in the chat's info."
  )

  /// Nil where a phone can be read in one way only.
  package init?(phoneReadings readings: [Phone]) {
    guard readings.count > 1 else { return nil }
    self.init(
      code: "ambiguous_phone", field: "phone",
      message:
        "The number can be read in \(readings.count) ways; write it with + and calling code.",
      readings: readings)
  }

  /// A name that more have tells nothing.
  static let mostNamesakes = 5

  /// Nil where nobody, or too many, may be meant.
  init?(possiblySame guests: [GuestID]) {
    guard (1...Self.mostNamesakes).contains(guests.count) else { return nil }
    let names = guests.map(\.wireText).joined(separator: ", ")
    self.init(
      code: "possible_same_guest", field: "name", guests: guests,
      message: guests.count == 1
        ? "\(names) has the same name and another number."
        : "\(names) have the same name and other numbers.")
  }

  init(matchedByName guest: GuestID) {
    self.init(
      code: "matched_by_name", field: "name", guests: [guest],
      message: "\(guest.wireText) was found by its name alone.")
  }
}

/// Why a row is refused.
package struct RowFault: Error, Sendable, Equatable {
  package let field: String
  package let reason: String
  package let message: String

  package init(field: String, reason: String, message: String) {
    (self.field, self.reason, self.message) = (field, reason, message)
  }
}
