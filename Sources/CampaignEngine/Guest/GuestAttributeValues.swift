import Wire

/// A value for each attribute of a guest, where there is one.
package struct GuestAttributeValues: Equatable, Sendable {
  /// Empty while there is none.
  private var values: [GuestValue?] = []

  package init() {}

  package subscript(attribute: GuestAttribute) -> GuestValue? {
    get { values.isEmpty ? nil : values[attribute.rawValue] }
    set {
      if values.isEmpty {
        if newValue == nil { return }
        values = Array(repeating: nil, count: GuestAttribute.all.count)
      }
      values[attribute.rawValue] = newValue
    }
  }

  package var isEmpty: Bool { values.allSatisfy { $0 == nil } }

  /// Those that have one, in the order of the list.
  package var given: [GuestAttribute] {
    values.isEmpty ? [] : GuestAttribute.all.filter { values[$0.rawValue] != nil }
  }
}

extension GuestAttributeValues {
  /// All that a row has.
  package init(of guest: Guest, _ symbols: SymbolTable) {
    for attribute in GuestAttribute.all {
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
      case .text, .symbol, .language, .timeZone, .time, .events:
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
