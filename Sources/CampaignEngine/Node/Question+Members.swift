import Wire

/// Who of a household comes: a numbered list of names, which is answered by numbers or by names.
extension Question {
  /// The question with the list, where its author has not placed that.
  func withList(_ text: LocalizedText) -> LocalizedText {
    kind == .members ? text.followed(by: .householdList) : text
  }

  var shownAsk: LocalizedText { withList(ask) }
  var shownInvalid: LocalizedText? { onInvalid.map(withList) }

  /// The place of the event whose answer it asks for.
  func event(in state: State, _ space: UInt32) -> Int? {
    let project = state.project(of: space).row
    switch target {
    case .rsvp(let key), .attendingCount(let key), .attendingChildren(let key):
      return project.answerIndex(of: key)
    default: return kind == .members ? 0 : nil
    }
  }

  /// The guests who are meant, as their identifiers; nil where it is not clear.
  func members(in text: String, _ visit: Visit, _ engine: Engine) -> Scalar? {
    let known = engine.listed(at: visit, invitedTo: event(in: engine.state, visit.guest.space))
    let list = MemberList(known.map(\.name))
    guard let places = list.chosen(by: text), places.allSatisfy({ !known[$0].guest.isNone }) else {
      return nil
    }
    return .text(places.map { known[$0].guest.wireText }.joined(separator: " "))
  }

  /// Keeps for each of the household whether they come.
  func keepMembers(_ answer: Scalar, _ visit: Visit, in engine: inout Engine) {
    let coming = Set(answer.text.split(separator: " ").map(String.init))
    let all = engine.listed(at: visit, invitedTo: event(in: engine.state, visit.guest.space))
      .filter { !$0.guest.isNone }
    let names = all.filter { coming.contains($0.guest.wireText) }.map(\.name)
    let event = target?.event
    engine.keep(
      all.map { ($0.guest, coming.contains($0.guest.wireText) ? .attending : .declined) },
      toEvent: event, visit)
    let text = HouseholdNames.text(names, language: engine.language(of: visit.guest))
    engine.emit(VariableSet(execution: visit.execution, name: key, value: .text(text)))
  }
}

extension Engine {
  /// Those whom the guest was shown, by the numbers that they saw; none in the place of somebody who is not
  /// asked there any more.
  /// - Parameter event: nobody is asked of one to which they are not invited; nil for all.
  fileprivate func listed(
    at visit: Visit, invitedTo event: Int?
  ) -> [(guest: GuestID, name: String)] {
    let members = state.members(spokenForBy: visit.execution)
    let all = state.listed([visit.guest] + members, invitedTo: event)
      .map { (guest: $0, name: state[$0].name.inList) }
    guard let shown = shownNames(at: visit), shown != all.map(\.name) else { return all }
    // Somebody has joined or left since: a number is who stood behind it.
    var left = all
    return shown.map { name -> (guest: GuestID, name: String) in
      guard let place = left.firstIndex(where: { $0.name == name }) else {
        return (.none, name)
      }
      return left.remove(at: place)
    }
  }

  /// The names of the list that was sent last in this visit.
  func shownNames(at visit: Visit) -> [String]? {
    let step = state[visit.execution].presentStep
    let newest = state.newestMessage(of: visit.execution) { row in
      row.direction == .outbound && row.step == step && !row.content.text.isEmpty
        && (row.purpose == .question || row.purpose == .invalid)
    }
    guard let newest else { return nil }
    let lines = state[newest].content.text.split(separator: "\n")
    var names: [String] = []
    for line in lines {
      // What the question itself counts stands before the list.
      if line.hasPrefix("1. ") { names = [] }
      let number = "\(names.count + 1). "
      if line.hasPrefix(number) { names.append(String(line.dropFirst(number.count))) }
    }
    return names.isEmpty ? nil : names
  }
}

/// A numbered list of names, and what somebody may write to choose among them.
struct MemberList {
  private let names: [FoldedText]
  /// The first word of each name, where nobody else has it.
  private let shortNames: [FoldedText?]

  /// Words that join names in the languages of which we know one.
  private static let joiners: Set<String> = ["and", "dan", "और", "y", "e", "et", "und"]

  init(_ names: [String]) {
    self.names = names.map { FoldedText($0) }
    let first = self.names.map { $0.words.first.map { FoldedText(String($0)) } }
    shortNames = first.map { name in first.count { $0 == name } == 1 ? name : nil }
  }

  /// Places of those who are meant, in order; nil where anything is left that is neither a name nor a
  /// number. Zero means nobody.
  func chosen(by text: String) -> [Int]? {
    if Self.hasRange(text) { return nil }
    var parts = Self.parts(of: text)[...]
    var found: Set<Int> = []
    if parts.isEmpty { return nil }
    if parts.count == 1, NumberReading(String(parts[0]))?.integer == 0 { return [] }
    while let part = parts.first {
      // What is a number by itself is one, whoever is called so.
      if let (place, length) = named(parts), length > 1 || Self.number(part) == nil {
        found.insert(place)
        parts = parts.dropFirst(length)
      } else if let number = Self.number(part), names.indices.contains(Int(number) - 1) {
        found.insert(Int(number) - 1)
        parts = parts.dropFirst()
      } else if Self.joiners.contains(FoldedText(part).text) {
        parts = parts.dropFirst()
      } else {
        return nil
      }
    }
    return found.isEmpty ? nil : found.sorted()
  }

  /// The longest name that the parts begin with.
  private func named(_ parts: ArraySlice<String>) -> (place: Int, length: Int)? {
    for length in stride(from: min(parts.count, 8), to: 0, by: -1) {
      let words = FoldedText(parts.prefix(length).joined(separator: " "))
      guard !words.isEmpty else { continue }
      let whole = names.indices.filter { names[$0] == words }
      if whole.count == 1 { return (whole[0], length) }
      if length == 1, let place = shortNames.firstIndex(of: words) { return (place, 1) }
    }
    return nil
  }

  private static func number(_ part: String) -> Int64? {
    NumberReading(part).flatMap { $0.isAlone ? $0.integer : nil }
  }

  /// "1-3" may mean two of them or three.
  private static func hasRange(_ text: String) -> Bool {
    let signs = text.filter { !$0.isWhitespace }
    return zip(signs, zip(signs.dropFirst(), signs.dropFirst(2))).contains { first, rest in
      first.isNumber && "-–—‑".contains(rest.0) && rest.1.isNumber
    }
  }

  /// Words and numbers: all that stands between signs and spaces.
  private static func parts(of text: String) -> [String] {
    text.split { character in
      !character.unicodeScalars.contains {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
    }.map(String.init)
  }
}
