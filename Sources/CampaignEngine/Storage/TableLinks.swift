/// What leads from rows to others, kind by kind.

extension Message: TableRow {
  package static var isPackedAtRest: Bool { true }

  package var changedAt: Timestamp {
    let sending = max(createdAt, attemptAt, acceptedAt, unknownSince)
    return max(sending, sentAt, deliveredAt, readAt, failedAt)
  }

  package struct Links: Sendable, Equatable {
    /// The next older message of its execution, or of its guest where it has no execution, or of its
    /// person where no project knows it.
    package var previousInChain: UInt32 = 0
  }

  package var previousInChain: UInt32 { links.previousInChain }
}

extension Execution: TableRow {
  package static var isPackedAtRest: Bool { true }
  package var changedAt: Timestamp { updatedAt }

  package struct Links: Sendable, Equatable {
    /// Newest message, linked by `previousInChain`.
    package var lastMessage: UInt32 = 0
    package var previousOfGuest: UInt32 = 0
  }

  package var lastMessage: UInt32 { links.lastMessage }
  package var previousOfGuest: UInt32 { links.previousOfGuest }
}

extension Guest: TableRow {
  package struct Links: Sendable, Equatable {
    /// The person behind the phone, at the project's sender; a row number, found by the phone. 0 for
    /// guests that were deleted.
    package var person: UInt32 = 0
    package var previousOfPerson = GuestID.none
    /// Newest execution of this guest, linked by `previousOfGuest`.
    package var lastExecution: UInt32 = 0
    /// Newest message from or to this guest that belongs to no execution, linked by `previousInChain`.
    package var lastLooseMessage: UInt32 = 0
  }

  package var person: UInt32 { links.person }
  package var previousOfPerson: GuestID { links.previousOfPerson }
  package var lastExecution: UInt32 { links.lastExecution }
  package var lastLooseMessage: UInt32 { links.lastLooseMessage }
}

extension Person: TableRow {
  package struct Links: Sendable, Equatable {
    /// Newest of the guests that are this person, in any project; linked by `previousOfPerson`.
    package var lastGuest = GuestID.none
    /// Newest of the person's messages that no project knows, linked by `previousInChain`.
    package var lastLooseMessage: UInt32 = 0
  }

  package var lastGuest: GuestID { links.lastGuest }
  package var lastLooseMessage: UInt32 { links.lastLooseMessage }
}

extension Erasure: TableRow {}
extension BulkItem: TableRow {}
extension ReminderSkip: TableRow {}
