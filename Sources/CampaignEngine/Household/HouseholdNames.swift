/// Names as a sentence has them: "Meera, Arjun and 3 others".
package enum HouseholdNames {
  /// How many characters a text may give them.
  package static let lengths = 20...1000

  /// What joins the last name, and what stands for those who are not named.
  private struct Words {
    let and: String
    let other: String
    let others: String
  }

  /// By language; names in other languages are joined by commas alone.
  private static func words(of language: String) -> Words? {
    switch languageKey(language).prefix(while: { $0 != "_" }) {
    case "en": Words(and: " and ", other: "1 other", others: "# others")
    case "id": Words(and: " dan ", other: "1 lainnya", others: "# lainnya")
    case "hi": Words(and: " और ", other: "1 अन्य", others: "# अन्य")
    default: nil
    }
  }

  /// - Parameters:
  ///   - names: at least one.
  ///   - longest: in Unicode scalars; nil for all names. A name that is longer alone is cut.
  package static func text(_ names: [String], language: String, longest: Int? = nil) -> String {
    let words = words(of: language)
    let whole = joined(names, words)
    guard let longest, !whole.isAtMost(scalars: longest), let first = names.first else {
      return whole
    }
    for count in stride(from: names.count - 1, to: 0, by: -1) {
      let text = joined(names.prefix(count) + [rest(names.count - count, words)], words)
      if text.isAtMost(scalars: longest) { return text }
    }
    let tail = names.count > 1 ? joined(["", rest(names.count - 1, words)], words) : ""
    let room = max(longest - tail.unicodeScalars.count - 1, 1)
    return first.isAtMost(scalars: room) ? first + tail : first.cut(toScalars: room) + "…" + tail
  }

  private static func rest(_ count: Int, _ words: Words?) -> String {
    guard let words else { return "+\(count)" }
    guard count > 1 else { return words.other }
    return words.others.split(separator: "#", omittingEmptySubsequences: false)
      .joined(separator: String(count))
  }

  private static func joined(_ parts: some Collection<String>, _ words: Words?) -> String {
    let parts = Array(parts)
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + (words?.and ?? ", ") + last
  }
}

extension State {
  /// A value that tells of all who are asked together.
  func value(
    ofHousehold path: VariablePath, for guest: GuestID, with members: [GuestID],
    invitedTo event: Int? = nil
  ) -> String? {
    switch path {
    case .householdSize: String(members.count + 1)
    case .householdList:
      listed([guest] + members, invitedTo: event).enumerated()
        .map { "\($0 + 1). \(self[$1].name.inList)" }
        .joined(separator: "\n")
    case .householdNames(let longest):
      HouseholdNames.text(
        ([guest] + members).map { self[$0].name }, language: language(of: guest), longest: longest)
    default: nil
    }
  }

  /// Those of a household who may be asked whether they come to an event.
  func listed(_ guests: [GuestID], invitedTo event: Int?) -> [GuestID] {
    guard let event else { return guests }
    return guests.filter { isInvited($0, toEventAt: event) }
  }
}

extension String {
  /// As a numbered list has it, which is read by its lines.
  var inList: String {
    split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
