import Wire

extension GuestProfile {
  /// Only what would change something.
  func differences(from guest: Guest, symbols: SymbolTable) -> GuestProfile {
    var changes = self
    for attribute in values.given
    where values[attribute].map({ attribute.isSame($0, guest, symbols) }) == true {
      changes.values[attribute] = nil
    }
    // That nothing reached the old number says nothing about another.
    if changes.phone != nil, guest.unreachableSince > .zero, unreachableSince == nil {
      changes.unreachableSince = .zero
    }
    changes.answers = answers.filter { answer in
      let before = guest.answer(toEvent: answer.event)
      return before.rsvp != answer.rsvp || before.attendingCount != answer.attendingCount
        || before.source == .contact || before.children != answer.children
    }
    changes.partySizes = partySizes.filter { party in
      guest.answer(toEvent: party.event).partySize != party.size
    }
    changes.eventFields = eventFields.filter { field in
      symbols.symbol(of: field.key).flatMap { guest.value(of: $0, ofEvent: field.event) }
        != field.value
    }
    if let tags, Set(tags) == Set(guest.tags.map { symbols[$0] }) { changes.tags = nil }
    changes.fieldValues = WireMap()
    for (key, value) in fieldValues.entries {
      let stored = symbols.symbol(of: key).flatMap { guest.value(of: $0) }
      if stored != value { changes.fieldValues[key] = .some(value) }
    }
    return changes
  }

  var changedFields: [String] {
    var names = values.given.map(\.name)
    if answers.contains(where: { $0.event == 0 }) { names.append("rsvp") }
    if answers.contains(where: { $0.event != 0 }) || !partySizes.isEmpty || !eventFields.isEmpty {
      names.append("answers")
    }
    if tags != nil { names.append("tags") }
    if !fieldValues.isEmpty { names.append("fields") }
    return names
  }
}

extension GuestAttribute {
  /// A language may be spelled in several ways.
  fileprivate func isSame(_ value: GuestValue, _ guest: Guest, _ symbols: SymbolTable) -> Bool {
    let kept = guest.value(of: self, symbols)
    if case .language = facts.kind { return isSameLanguage(value.text, kept.text) }
    return value == kept
  }
}
