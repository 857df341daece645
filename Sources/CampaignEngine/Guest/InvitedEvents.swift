/// To which of the project's events a guest is invited. Few lists are shared by many guests, so a row has a
/// symbol of its text: nothing for all events, those that come later too; else keys in the project's order,
/// a space between them. Keys of events that were taken away stay, and say nothing.
package enum InvitedEvents {
  /// Of a list without an event. No key has such a sign.
  private static let none = "()"

  static func text(_ keys: [String]) -> String {
    keys.isEmpty ? none : keys.joined(separator: " ")
  }

  static func has(_ key: String, in text: String) -> Bool {
    text.isEmpty || text.split(separator: " ").contains { $0 == key }
  }

  /// As events tell it: nothing for all.
  static func shown(_ text: String) -> String {
    keys(in: text).map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? ""
  }

  /// Nil for all.
  package static func keys(in text: String) -> [String]? {
    if text.isEmpty { return nil }
    return text == none ? [] : text.split(separator: " ").map(String.init)
  }
}

extension GuestChanges {
  /// Refuses an answer to an event to which the guest is not invited; pending is none.
  func checkInvited(
    _ before: Guest, _ project: Project, _ symbols: SymbolTable
  ) throws(RowFault) {
    let list = profile.values[.invitedTo]?.text ?? symbols[before.invitedTo]
    guard !list.isEmpty else { return }
    let answered =
      rsvps.filter { $0.rsvp != .pending }.map(\.event)
      + (counts + children).filter { $0.count > 0 }.map(\.event)
    for event in answered {
      let key = project.events.indices.contains(event) ? project.events[event].key : ""
      guard key.isEmpty || !InvitedEvents.has(key, in: list) else { continue }
      throw RowFault(
        field: event == 0 ? "rsvp" : "answers", reason: "not_invited",
        message: key.isEmpty
          ? "expected no answer of a guest who is invited to nothing"
          : "expected no answer for \"\(key)\", to which the guest is not invited, or \"\(key)\" in invited_to"
      )
    }
  }
}

extension Project {
  /// The keys of a list in the order of the events; nil where one is no event of the project.
  func listed(_ keys: [String]) -> [String]? {
    guard keys.allSatisfy({ eventIndex(of: $0) != nil }) else { return nil }
    return presentEvents.map(\.event.key).filter(keys.contains)
  }
}

extension ProjectState {
  /// Whether guests with a list are invited. A project without events has one that has no key.
  package func isInvited(_ list: Symbol, toEventAt index: Int) -> Bool {
    if list.isNone { return true }
    guard row.events.indices.contains(index) else { return false }
    return InvitedEvents.has(row.events[index].key, in: symbols[list])
  }
}

extension State {
  package func isInvited(_ guest: GuestID, toEventAt index: Int) -> Bool {
    // In place: a copy of the project costs more than the answer.
    let list = projects[of: guest].guests[guest].invitedTo
    return list.isNone || projects[of: guest].isInvited(list, toEventAt: index)
  }

  /// Nil for a guest who is not invited.
  package func rsvp(of guest: GuestID, toEventAt index: Int) -> RSVP? {
    isInvited(guest, toEventAt: index) ? self[guest].answer(toEvent: index).rsvp : nil
  }

  /// Keys of the events to which a guest is invited; nil for all.
  package func invitedKeys(of guest: GuestID) -> [String]? {
    let list = self[guest].invitedTo
    guard !list.isNone else { return nil }
    return invitedEvents(of: guest).map(\.event.key)
  }

  /// The events to which a guest is invited, in the project's order.
  func invitedEvents(of guest: GuestID) -> [(index: Int, event: ProjectEvent)] {
    project(of: guest.space).row.presentEvents.filter { isInvited(guest, toEventAt: $0.index) }
  }

  /// Those to which at least one of several guests is invited.
  func invitedEvents(ofAny guests: [GuestID]) -> [(index: Int, event: ProjectEvent)] {
    guard let first = guests.first else { return [] }
    return project(of: first.space).row.presentEvents.filter { event in
      guests.contains { isInvited($0, toEventAt: event.index) }
    }
  }

  func eventList(of guests: [GuestID]) -> String {
    invitedEvents(ofAny: guests).enumerated().map { "\($0 + 1). \($1.event.name.inList)" }
      .joined(separator: "\n")
  }

  /// Names of the events to which one of several is invited, as a sentence in the first one's language has
  /// them.
  func eventNames(of guests: [GuestID]) -> String {
    let names = invitedEvents(ofAny: guests).map(\.event.name)
    return HouseholdNames.text(names, language: guests.first.map(language(of:)) ?? "")
  }
}
