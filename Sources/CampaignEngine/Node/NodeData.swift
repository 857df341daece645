import Wire

/// The ten kinds of step. The order is that of the binary form: only ever append.
package enum NodeType: String, WireEnum {
  case trigger
  case sendTemplate = "send_template"
  case sendMessage = "send_message"
  case waitReply = "wait_reply"
  case condition
  case delay
  case guestForm = "guest_form"
  case updateGuest = "update_guest"
  case split
  case end

  /// A node that holds the execution until the guest or the clock acts.
  package var isWait: Bool { self == .waitReply || self == .guestForm || self == .delay }
  package var asksGuest: Bool { self == .waitReply || self == .guestForm }
  package var sends: Bool { self == .sendTemplate || self == .sendMessage }
}

/// What one kind of step knows about itself. How it is walked stands in its own file too.
package protocol NodeContent: WireObject {
  /// What it does, for people who write a flow.
  static var summary: String { get }
  /// JSON of the `data` of one.
  static var example: String { get }
  /// The ways out, in the order in which events number them.
  var handles: [String] { get }
  /// Says what is wrong with the node, beyond the shape of its fields.
  func check(_ check: inout NodeCheck)
}

/// The `data` of a node, whose fields depend on its `type`.
package struct NodeData: WireUnion, Sendable {
  package var content: Content
  /// Set where the phase that the kind of node suggests is not the one wanted.
  package var phase: Phase?

  package enum Content: Sendable {
    case trigger(TriggerNode)
    case sendTemplate(SendTemplateNode)
    case sendMessage(SendMessageNode)
    case waitReply(WaitReplyNode)
    case condition(ConditionNode)
    case delay(DelayNode)
    case guestForm(GuestFormNode)
    case updateGuest(UpdateGuestNode)
    case split(SplitNode)
    case end(EndNode)
  }

  package init(tag: NodeType) {
    switch tag {
    case .trigger: content = .trigger(TriggerNode())
    case .sendTemplate: content = .sendTemplate(SendTemplateNode())
    case .sendMessage: content = .sendMessage(SendMessageNode())
    case .waitReply: content = .waitReply(WaitReplyNode())
    case .condition: content = .condition(ConditionNode())
    case .delay: content = .delay(DelayNode())
    case .guestForm: content = .guestForm(GuestFormNode())
    case .updateGuest: content = .updateGuest(UpdateGuestNode())
    case .split: content = .split(SplitNode())
    case .end: content = .end(EndNode())
    }
  }

  package var tag: NodeType {
    switch content {
    case .trigger: .trigger
    case .sendTemplate: .sendTemplate
    case .sendMessage: .sendMessage
    case .waitReply: .waitReply
    case .condition: .condition
    case .delay: .delay
    case .guestForm: .guestForm
    case .updateGuest: .updateGuest
    case .split: .split
    case .end: .end
    }
  }

  package var node: any NodeContent {
    switch content {
    case .trigger(let node): node
    case .sendTemplate(let node): node
    case .sendMessage(let node): node
    case .waitReply(let node): node
    case .condition(let node): node
    case .delay(let node): node
    case .guestForm(let node): node
    case .updateGuest(let node): node
    case .split(let node): node
    case .end(let node): node
    }
  }

  package mutating func caseFields(_ visit: inout some FieldVisitor) throws(WireError) {
    switch content {
    case .trigger(let node): content = .trigger(try Self.visited(node, &visit))
    case .sendTemplate(let node): content = .sendTemplate(try Self.visited(node, &visit))
    case .sendMessage(let node): content = .sendMessage(try Self.visited(node, &visit))
    case .waitReply(let node): content = .waitReply(try Self.visited(node, &visit))
    case .condition(let node): content = .condition(try Self.visited(node, &visit))
    case .delay(let node): content = .delay(try Self.visited(node, &visit))
    case .guestForm(let node): content = .guestForm(try Self.visited(node, &visit))
    case .updateGuest(let node): content = .updateGuest(try Self.visited(node, &visit))
    case .split(let node): content = .split(try Self.visited(node, &visit))
    case .end(let node): content = .end(try Self.visited(node, &visit))
    }
    try visit.field("phase", &phase, "Where executions stand here, if not what the type suggests.")
  }

  private static func visited<Node: NodeContent>(
    _ node: Node, _ visit: inout some FieldVisitor
  ) throws(WireError) -> Node {
    var node = node
    try node.fields(&visit)
    return node
  }
}

/// Where an execution stands, for people.
package enum Phase: String, WireEnum {
  case blasting, response, processing
  case followUp = "follow_up"
  case completion
}
