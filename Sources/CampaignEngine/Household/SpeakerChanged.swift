import Wire

/// Another guest of the household speaks for somebody from now on, or nobody does any more.
struct SpeakerChanged: Event {
  static let kind = EventKind.speakerChanged
  var execution = ExecutionID.none
  /// Who speaks from now on: the guest alone where they are asked themselves.
  var through = GuestID.none
  /// Why the execution is left out; empty for one that is asked.
  var reason = ""
  /// Who spoke before.
  var former = GuestID.none

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("execution", &execution, "Execution of the guest who is spoken for.")
    try visit.field("through", &through, "Guest who speaks.")
    try visit.field("reason", &reason, "Why it is left out.")
    try visit.field("former", &former, "Guest who spoke before.")
  }

  func apply(to state: inout State) {
    let symbol = state.projects[of: execution].symbols.intern(reason)
    state.modify(execution) { row in
      if !reason.isEmpty { row.reason = symbol }
      row.through = through == row.guest ? .none : through
    }
  }
}

extension SpeakerChanged {
  static var publicData: (any PublicData.Type)? { SpeakerChangedData.self }

  mutating func complete(from state: State) { former = state[execution].through }

  func publish(in state: State) -> PublicEvent? {
    var data = SpeakerChangedData()
    data.former = former
    let isSpokenFor = reason == LeftOutCode.throughHousehold.rawValue
    data.through = isSpokenFor || reason.isEmpty ? through : nil
    data.reason = isSpokenFor || reason.isEmpty ? nil : reason
    return PublicEvent(data, execution: execution, in: state)
  }
}

package struct SpeakerChangedData: PublicData {
  package static let kind = PublicKind("speaker_changed")
  package static let summary = "Who is asked for a guest of a household changed."
  package var former = GuestID.none
  package var through: GuestID?
  package var reason: String?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("former", &former, "Guest who was asked before.")
    try visit.field(
      "through", &through,
      "Guest who is asked from now on, who may be the one themselves; null where nobody can be.")
    try visit.field("reason", &reason, "Why nobody can be.")
  }
}
