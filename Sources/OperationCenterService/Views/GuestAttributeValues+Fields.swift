import CampaignEngine
import Wire

// Here and not with the values: a list is only fast where the compiler sees who visits it.

extension GuestAttributeValues {
  /// As a guest is shown: an empty text is null where there may be none.
  /// - Parameter rule: of those that may be absent.
  mutating func shownFields(
    _ attributes: [GuestAttribute], _ visit: inout some FieldVisitor, _ rule: Rule = .none
  ) throws(WireError) {
    for attribute in attributes {
      let facts = attribute.facts
      let before = self[attribute]
      let after: GuestValue
      switch facts.kind {
      case .text, .symbol, .language, .timeZone, .time:
        var text = before?.text ?? ""
        if attribute.has(.canBeUnset) {
          var shown = text.isEmpty ? nil : text
          try visit.field(facts.name, &shown, facts.sentence, rule)
          text = shown ?? ""
        } else {
          try visit.field(facts.name, &text, facts.sentence)
        }
        after = .text(text)
      case .phone:
        var phone = before?.phone.flatMap { $0.isNone ? nil : $0 }
        try visit.field(facts.name, &phone, facts.sentence)
        after = .phone(phone ?? .none)
      case .number(let range, _):
        if !rule.isOmittable {
          var number = before?.number ?? range.lowerBound
          try visit.field(facts.name, &number, facts.sentence)
          after = .number(number)
        } else {
          // Where there is nothing to say.
          var number = before?.number.flatMap { $0 == range.lowerBound ? nil : $0 }
          try visit.field(facts.name, &number, facts.sentence, rule)
          after = .number(number ?? range.lowerBound)
        }
      case .events:
        var keys = before?.keys
        try visit.field(facts.name, &keys, facts.sentence, rule)
        guard let keys else { continue }
        after = .keys(keys)
      }
      if after != before { self[attribute] = after }
    }
  }

  /// What an operator sets one by one, as given: absent stays, null clears.
  mutating func patchFields(
    _ attributes: [GuestAttribute], _ visit: inout some FieldVisitor
  ) throws(WireError) {
    for attribute in attributes {
      let facts = attribute.facts
      let before = self[attribute]
      let after: GuestValue?
      if let range = attribute.range {
        var number = before?.number
        try visit.field(facts.name, &number, facts.givenSentence, .range(range))
        after = number.map(GuestValue.number)
      } else if case .events = facts.kind {
        var patch: Patch<[String]> =
          before.map { $0.keys.map(Patch.set) ?? .clear } ?? .keep
        try visit.field(facts.name, &patch, facts.givenSentence)
        switch patch {
        case .keep: after = nil
        case .clear: after = .text("")
        case .set(let keys): after = .keys(keys)
        }
      } else if attribute.has(.canBeUnset) {
        var patch = Patch(rowText: before?.text)
        try visit.field(facts.name, &patch, facts.givenSentence, attribute.patchRule)
        after = patch.rowText.map(GuestValue.text)
      } else {
        var text = before?.text
        try visit.field(facts.name, &text, facts.givenSentence, attribute.patchRule)
        after = text.map(GuestValue.text)
      }
      if after != before { self[attribute] = after }
    }
  }
}

extension GuestAttribute {
  fileprivate var patchRule: Rule {
    if case .language = facts.kind { return .pattern(.language) }
    return .length((has(.canBeUnset) ? 0 : 1)...(longest ?? 0))
  }
}
