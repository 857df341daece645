import Wire

/// An event as others are told of it: what happened, and to whom.
package struct PublicEvent: Sendable {
  package let data: any PublicData
  package private(set) var project: ProjectID?
  package private(set) var campaign: CampaignID?
  package private(set) var execution: ExecutionID?
  package private(set) var guest: GuestID?
  package private(set) var message: MessageID?

  package var kind: PublicKind { type(of: data).kind }

  /// Of no project: what a sender has is above them.
  init(_ data: any PublicData) { self.data = data }

  init(_ data: any PublicData, space: UInt32) {
    self.data = data
    project = ProjectID(space: 0, counter: space + 1)
  }

  init(_ data: any PublicData, campaign: CampaignID) {
    self.init(data, space: campaign.space)
    self.campaign = campaign
  }

  init(_ data: any PublicData, guest: GuestID) {
    self.init(data, space: guest.space)
    self.guest = guest
  }

  /// Whose walk it is, and in which campaign, never changes.
  init(
    _ data: any PublicData, execution: ExecutionID, message: MessageID = .none, in state: State
  ) {
    self.init(data, space: execution.space)
    self.execution = execution
    self.message = message.isNone ? nil : message
    (campaign, guest) = (state[execution].campaign, state[execution].guest)
  }

  /// Nor does the intent of a message that was sent.
  init(_ data: any PublicData, message: MessageID, in state: State) {
    let row = state[message]
    if !row.execution.isNone {
      self.init(data, execution: row.execution, message: message, in: state)
    } else {
      self.init(data, message: message, guest: row.guest, campaign: row.campaign)
    }
  }

  init(_ data: any PublicData, message: MessageID, guest: GuestID, campaign: CampaignID) {
    self.init(data)
    self.message = message
    about(guest: guest, campaign: campaign)
  }

  mutating func about(guest: GuestID, campaign: CampaignID) {
    guard !guest.isNone else { return }
    project = ProjectID(space: 0, counter: guest.space + 1)
    self.guest = guest
    if !campaign.isNone { self.campaign = campaign }
  }

  /// What an inbound message brought about belongs where the message belongs.
  mutating func cause(by inbound: InboundReference) {
    // Whoever looks on in one project is told of no message of another.
    let isOfOther =
      inbound.message.isOfProject
      && project.map {
        inbound.message.space != $0.counter - 1
      } ?? false
    if message == nil, !isOfOther { message = inbound.message }
    guard execution == nil, campaign == nil, guest == nil || guest == inbound.guest else { return }
    if !inbound.execution.isNone { execution = inbound.execution }
    about(guest: inbound.guest, campaign: inbound.campaign)
  }
}

extension State {
  /// What others are told of a record that this state has applied; nil where that is nothing. Pure,
  /// so it is worked out only for those who ask. It looks nothing up in the state but what never
  /// changes: which campaign, guest and graph belong together. What is deleted still stands there.
  ///
  /// - Parameter inbound: the message received in the same command.
  package func publicEvent(
    kind number: UInt16, payload: [UInt8], inbound: InboundReference?
  ) -> PublicEvent? {
    guard let type = EventKind(rawValue: number)?.type, type.publicData != nil else { return nil }
    return publicEvent(type, payload, inbound)
  }

  private func publicEvent<Kind: Event>(
    _ type: Kind.Type, _ payload: [UInt8], _ inbound: InboundReference?
  ) -> PublicEvent? {
    // Whatever was applied can be read.
    guard let event = try? Binary.decode(type, from: payload) else { return nil }
    var published = event.publish(in: self)
    if let inbound { published?.cause(by: inbound) }
    return published
  }

  /// The name of a node in the graph that a campaign walks.
  func nodeID(_ node: UInt16?, of campaign: CampaignID) -> String? {
    guard let node, self[campaign].chatflowVersion > 0 else { return nil }
    let nodes = graph(of: campaign).nodes
    return nodes.indices.contains(Int(node)) ? nodes[Int(node)].id : nil
  }

  func nodeID(_ node: UInt16?, of execution: ExecutionID) -> String? {
    nodeID(node, of: self[execution].campaign)
  }

  /// Where an execution stands now.
  func standing(_ execution: ExecutionID) -> UInt16? { self[execution].steps.last?.node }
}

extension EventBatch {
  /// The message that a record says was received, if that is what it says.
  package static func inbound(kind: UInt16, payload: [UInt8]) -> InboundReference? {
    guard kind == EventKind.messageReceived.rawValue,
      let event = try? Binary.decode(MessageReceived.self, from: payload)
    else { return nil }
    return InboundReference(
      message: event.message, execution: event.execution, campaign: event.campaign,
      guest: event.guest)
  }

  /// The time that a record says it is from here on, if that is what it says.
  package static func time(kind: UInt16, payload: [UInt8]) -> Timestamp? {
    guard kind == EventKind.timeAdvanced.rawValue else { return nil }
    return (try? Binary.decode(TimeAdvanced.self, from: payload))?.to
  }

  /// Who brings about what follows, if a record says so.
  package static func cause(kind: UInt16, payload: [UInt8]) -> Cause? {
    guard kind == EventKind.causeChanged.rawValue else { return nil }
    return (try? Binary.decode(CauseChanged.self, from: payload))?.cause
  }

  /// Whether a record ends what an inbound message of the same moment brought about: the next item of a
  /// webhook has nothing to do with it.
  package static func isTail(kind: UInt16) -> Bool { kind == EventKind.webhookAdvanced.rawValue }

  /// Whether a record begins another command, or one that was brought about by somebody else.
  package static func isHead(kind: UInt16) -> Bool {
    kind == EventKind.timeAdvanced.rawValue || kind == EventKind.causeChanged.rawValue
  }
}

/// A received message, as far as it tells where its consequences belong.
package struct InboundReference: Hashable, Sendable {
  package let message: MessageID
  package let execution: ExecutionID
  package let campaign: CampaignID
  package let guest: GuestID
}
