import Wire

/// Who may ask a person a question now, and who waits for that.
struct TurnChanged: InternalEvent {
  static let kind = EventKind.turnChanged
  var sender = SenderID.none
  var person: UInt32 = 0
  var holder = ExecutionID.none
  var queue: [ExecutionID] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender", &sender, "Sender.")
    try visit.field("person", &person, "Row of the person.")
    try visit.field("holder", &holder, "Execution with the open question.")
    try visit.field("queue", &queue, "Executions that wait, in order.")
  }

  func apply(to state: inout State) {
    state.modifyPerson(person, of: sender) { row in
      row.turnHolder = holder
      row.turnQueue = queue
    }
  }
}
