import Wire

/// A value for each attribute of a guest, where there is one.
package struct GuestAttributeValues<Value: Sendable>: Sendable {
  /// Empty while there is none.
  private var values: [Value?] = []

  package init() {}

  package subscript(attribute: GuestAttribute) -> Value? {
    get { values.isEmpty ? nil : values[attribute.rawValue] }
    set {
      if values.isEmpty {
        if newValue == nil { return }
        values = Array(repeating: nil, count: GuestAttribute.allCases.count)
      }
      values[attribute.rawValue] = newValue
    }
  }

  package var isEmpty: Bool { values.allSatisfy { $0 == nil } }

  /// Those that have one, in the order of the list.
  package var given: [GuestAttribute] {
    values.isEmpty ? [] : GuestAttribute.allCases.filter { values[$0.rawValue] != nil }
  }
}

extension GuestAttributeValues: Equatable where Value: Equatable {}

extension GuestAttributeValues<GuestValue> {
  /// All that a row has.
  package init(of guest: Guest, _ symbols: SymbolTable) {
    for attribute in GuestAttribute.allCases {
      self[attribute] = guest.value(of: attribute, symbols)
    }
  }

  /// As changes of a guest: each may be absent.
  mutating func changeFields(
    _ attributes: [GuestAttribute], _ visit: inout some FieldVisitor
  ) throws(WireError) {
    for attribute in attributes {
      let facts = attribute.facts
      let before = self[attribute]
      let after: GuestValue?
      switch facts.kind {
      case .text, .symbol, .language, .timeZone:
        var text = before?.text
        try visit.field(facts.name, &text, facts.sentence)
        after = text.map(GuestValue.text)
      case .phone:
        var phone = before?.phone
        try visit.field(facts.name, &phone, facts.sentence)
        after = phone.map(GuestValue.phone)
      case .number:
        var number = before?.number
        try visit.field(facts.name, &number, facts.sentence)
        after = number.map(GuestValue.number)
      }
      if after != before { self[attribute] = after }
    }
  }

  /// As a guest is shown: an empty text is null where there may be none.
  mutating func shownFields(
    _ attributes: [GuestAttribute], _ visit: inout some FieldVisitor
  ) throws(WireError) {
    for attribute in attributes {
      let facts = attribute.facts
      let before = self[attribute]
      let after: GuestValue
      switch facts.kind {
      case .text, .symbol, .language, .timeZone:
        var text = before?.text ?? ""
        if attribute.has(.canBeUnset) {
          var shown = text.isEmpty ? nil : text
          try visit.field(facts.name, &shown, facts.sentence)
          text = shown ?? ""
        } else {
          try visit.field(facts.name, &text, facts.sentence)
        }
        after = .text(text)
      case .phone:
        var phone = before?.phone ?? .none
        try visit.field(facts.name, &phone, facts.sentence)
        after = .phone(phone)
      case .number(let range, _):
        var number = before?.number ?? range.lowerBound
        try visit.field(facts.name, &number, facts.sentence)
        after = .number(number)
      }
      if after != before { self[attribute] = after }
    }
  }

  package mutating func shownFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try shownFields(GuestAttribute.first, &visit)
  }

  package mutating func laterShownFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try shownFields(GuestAttribute.later, &visit)
  }
}

/// What an operator sets one by one: absent stays, null clears.
extension GuestAttributeValues<Scalar> {
  package mutating func patchFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try patchFields(GuestAttribute.first, &visit)
  }

  package mutating func laterPatchFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try patchFields(GuestAttribute.later, &visit)
  }

  private mutating func patchFields(
    _ attributes: [GuestAttribute], _ visit: inout some FieldVisitor
  ) throws(WireError) {
    for attribute in attributes {
      let facts = attribute.facts
      switch facts.kind {
      case .number(let range, _):
        var number = self[attribute]?.integer
        try visit.field(facts.name, &number, facts.givenSentence, .range(range))
        self[attribute] = number.map(Scalar.integer)
      case .text, .symbol, .phone, .language, .timeZone:
        if attribute.has(.canBeUnset) {
          var patch = Patch(rowText: self[attribute]?.text)
          try visit.field(facts.name, &patch, facts.givenSentence, attribute.patchRule)
          self[attribute] = patch.rowText.map(Scalar.text)
        } else {
          var text = self[attribute]?.text
          try visit.field(facts.name, &text, facts.givenSentence, attribute.patchRule)
          self[attribute] = text.map(Scalar.text)
        }
      }
    }
  }
}

extension GuestAttribute {
  fileprivate var patchRule: Rule {
    if case .language = facts.kind { return .pattern(.language) }
    return .length((has(.canBeUnset) ? 0 : 1)...(longest ?? 0))
  }
}

extension Patch<String> {
  /// Rows keep "nothing" as an empty text.
  package init(rowText: String?) {
    self = rowText.map { $0.isEmpty ? .clear : .set($0) } ?? .keep
  }

  package var rowText: String? {
    switch self {
    case .keep: nil
    case .clear: ""
    case .set(let text): text
    }
  }
}
