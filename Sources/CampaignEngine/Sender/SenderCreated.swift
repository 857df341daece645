import Wire

struct SenderCreated: Event {
  static let kind = EventKind.senderCreated
  var row = Sender()
  /// Of the sender that comes to be.
  var counter: UInt32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("row", &row, "The sender.")
    try visit.field("counter", &counter, "Counter of the identifier.")
  }

  func apply(to state: inout State) {
    state.index(SenderID(space: 0, counter: state.senders.append(SenderState(row: row))))
  }
}

extension State {
  /// Enters a sender that no index knows yet, live or after a snapshot.
  mutating func index(_ id: SenderID) { sendersByPhone[senders[id].row.phone] = id.counter }
}

extension SenderCreated {
  static var publicData: (any PublicData.Type)? { SenderCreatedData.self }

  mutating func complete(from state: State) { counter = state.senders.nextCounter }

  func publish(in state: State) -> PublicEvent? {
    var data = SenderCreatedData()
    data.sender = SenderID(space: 0, counter: counter)
    return PublicEvent(data)
  }
}

package struct SenderCreatedData: PublicData {
  package static let kind = PublicKind("sender_created")
  package static let summary = "A sender was created; it stands above projects."
  package var sender = SenderID.none

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("sender_id", &sender, "Sender.")
  }
}
