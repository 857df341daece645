/// One attempt, ready for a gateway. `attempt` travels with it and comes back with every report,
/// so that a lost answer can be settled later.
package struct SendRequest: Sendable, Equatable {
  package let attempt: AttemptID
  package let sender: SenderID
  package let from: Phone
  package let to: Phone
  package let guest: GuestID
  /// Names what is sent to whom, by the guest's own story alone: the same in every run, where
  /// identifiers of messages hang on the order in which guests came by.
  package let intent: UInt64
  package let startedAt: Timestamp
  package let content: SendContent
  /// What a person who reads the message would understand is asked of them.
  package let expectation: Expectation

  package enum Expectation: Sendable, Equatable {
    case nothing
    case button(handles: [String])
    case number(ClosedRange<Int64>)
    case text, date, phone
    /// A form inside WhatsApp.
    case form([FormField])
  }
}

/// A place of a form inside WhatsApp, and what belongs there.
package struct FormField: Sendable, Equatable {
  package let name: String
  package let expectation: SendRequest.Expectation

  package init(name: String, _ expectation: SendRequest.Expectation) {
    (self.name, self.expectation) = (name, expectation)
  }
}

/// Names one attempt of one message: `msg_c1.2`.
package struct AttemptID: Hashable, Sendable, CustomStringConvertible {
  package let message: MessageID
  package let number: UInt16

  package init(message: MessageID, number: UInt16) {
    (self.message, self.number) = (message, number)
  }

  package init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, let message = MessageID(wireText: String(parts[0])),
      let number = UInt16(parts[1]), number > 0
    else { return nil }
    self.init(message: message, number: number)
  }

  package var description: String { "\(message.wireText).\(number)" }
}

package enum SendContent: Sendable, Equatable {
  case template(TemplateMessage)
  case text(String)
  case buttons(String, [ContentButton])
  case list(String, [ContentButton])
  case flow(String, FlowMessage)

  package var template: TemplateMessage? {
    if case .template(let template) = self { template } else { nil }
  }

  package var buttons: [ContentButton] {
    switch self {
    case .template(let template): template.buttons
    case .buttons(_, let buttons), .list(_, let buttons): buttons
    case .flow(_, let flow): [ContentButton(payload: flow.token, title: flow.cta)]
    case .text: []
    }
  }
}
