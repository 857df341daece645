/// What is at hand where a condition stands. An execution brings its guest along, a message both.
package enum ConditionScope: Int, Comparable, Sendable {
  case guest, execution, message

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// As a message names it.
  var nouns: String {
    switch self {
    case .guest: "guests"
    case .execution: "executions"
    case .message: "messages"
    }
  }

  /// All that is at hand.
  var everything: String {
    switch self {
    case .guest: "guests"
    case .execution: "guests or executions"
    case .message: "guests, executions or messages"
    }
  }
}

/// What a condition is asked about. A message may have no guest and no execution; fields of what
/// is not there are unset.
package struct ConditionSubject: Sendable {
  package let guest: GuestID
  package let execution: ExecutionID
  package let message: MessageID

  package init(_ guest: GuestID) {
    (self.guest, execution, message) = (guest, .none, .none)
  }

  package init(_ execution: ExecutionID, in state: State) {
    (guest, self.execution, message) = (state[execution].guest, execution, .none)
  }

  package init(_ message: MessageID, in state: State) {
    let row = state[message]
    (guest, execution, self.message) = (row.guest, row.execution, message)
  }
}

/// The rows of a subject, fetched once for all comparisons.
struct ConditionRows: Sendable {
  let subject: ConditionSubject
  let guest: Guest?
  let execution: Execution?
  let message: Message?

  init(_ subject: ConditionSubject, upTo scope: ConditionScope, in state: State) {
    self.subject = subject
    guest = subject.guest.isNone ? nil : state[subject.guest]
    execution = scope < .execution || subject.execution.isNone ? nil : state[subject.execution]
    message = scope < .message || subject.message.isNone ? nil : state[subject.message]
  }

  /// Nobody is, where there is no guest.
  func isInvited(toEventAt index: Int, in state: State) -> Bool {
    guard let guest else { return false }
    return guest.invitedTo.isNone || state.isInvited(subject.guest, toEventAt: index)
  }

  func person(in state: State) -> Person? {
    guest == nil ? nil : state.person(of: subject.guest)
  }
}

/// One comparison, ready to be asked.
typealias ConditionTest = @Sendable (ConditionRows, State) -> Bool
