import Wire

/// Nothing personal is left of a guest. What sums are made of stays: the category, the answers, the
/// counts, the ways through the flows, the costs.
struct GuestErased: Event {
  static let kind = EventKind.guestErased
  var guest = GuestID.none
  /// Rows of persons who are forgotten with the guest.
  var persons: [UInt32] = []
  var afterSequence: UInt64 = 0
  /// What stays of their names, in the same order; events of before had nothing to leave.
  var digests: [PersonDigests] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest", &guest, "Guest.")
    try visit.field("persons", &persons, "Rows of the persons who are forgotten too.")
    try visit.field("after_sequence", &afterSequence, "Newest event before it.")
    try visit.field("digests", &digests, "Keyed hashes that stay of those persons.")
  }

  func apply(to state: inout State) {
    let sender = state.senderID(ofSpace: guest.space)
    for message in state.personalMessages(of: guest) { state.erase(message) }
    for (place, person) in persons.enumerated() {
      for message in state.looseMessages(of: person, at: sender) { state.erase(message) }
      state.forget(
        person, at: sender, leaving: digests.indices.contains(place) ? digests[place].digests : [])
    }
    for execution in state.executions(of: guest) {
      state.modify(execution) { row in
        row.variables = []
        row.lastError?.message = ""
      }
    }
    state.dropParkedReports(of: sender, olderThan: .hours(1))
    state.eraseName(of: guest)
    state.modify(guest) { $0.erase() }
    state.idempotency.erase(guest)
    var erasure = Erasure()
    (erasure.guest, erasure.at, erasure.afterSequence) = (guest.counter, state.now, afterSequence)
    state.index(
      erasure: state.projects[of: guest].erasures.append(erasure), in: guest.space)
  }
}

/// What is left of one person's numbers and user ids.
struct PersonDigests: WireObject, Equatable {
  var digests: [String] = []

  init() {}
  init(digests: [String]) { self.digests = digests }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("digests", &digests, "Keyed hashes.")
  }
}

extension GuestErased {
  static var publicData: (any PublicData.Type)? { GuestErasedData.self }

  func publish(in state: State) -> PublicEvent? {
    PublicEvent(GuestErasedData(), guest: guest)
  }
}

package struct GuestErasedData: PublicData {
  package static let kind = PublicKind("guest_erased")
  package static let summary = "Everything personal of a guest was removed."

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}

extension Guest {
  fileprivate mutating func erase() {
    for attribute in GuestAttribute.all where attribute.has(.isPersonal) { clear(attribute) }
    (tags, values) = ([], [])
    unreachableSince = .zero
    for index in answers.indices {
      answers[index].answeredAt = .zero
      answers[index].values = []
    }
  }
}

extension State {
  /// WhatsApp's identifiers go too: they have the number in them.
  fileprivate mutating func erase(_ id: MessageID) {
    let row = self[id]
    let sender = row.sender
    for gatewayID in row.gatewayIDs where message(named: gatewayID, at: sender) == id {
      senders[sender].remember(erased: gatewayID, at: now)
    }
    modify(id) { row in
      row.gatewayID = ""
      for index in row.earlier.indices { row.earlier[index].gatewayID = "" }
      row.content.erase()
      row.error?.message = ""
      // What took effect stays counted as what it was; of the rest nothing is left to look after.
      switch row.givenDisposition {
      case .waits, .needsAttention: row.dispose(as: .noContent)
      case nil: row.needsAttention = false
      case .applied, .optedOut, .optedIn, .noContent: break
      }
    }
  }

  fileprivate mutating func forget(
    _ person: UInt32, at sender: SenderID, leaving digests: [String]
  ) {
    modifyPerson(person, of: sender) { row in
      (row.phone, row.userID) = (.none, "")
      (row.otherPhones, row.otherUserIDs) = ([], [])
      (row.lastInboundAt, row.windowDeniedAt) = (.zero, .zero)
      row.digests = digests
    }
  }
}

extension MessageContent {
  /// The kind, the template and the buttons are the flow's.
  fileprivate mutating func erase() {
    (values, header, text) = ([], nil, "")
    (payload, quotes) = ("", "")
  }
}
