import Wire

/// The rules of a time zone, as the machine that took the command knew them.
struct ZoneRecorded: InternalEvent {
  static let kind = EventKind.zoneRecorded
  var rules = ZoneRules()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("rules", &rules, "Name and transitions.")
  }

  func apply(to state: inout State) {
    if let index = state.zones.firstIndex(where: { $0.name == rules.name }) {
      state.zones[index] = rules
    } else {
      state.zones.append(rules)
    }
  }
}
