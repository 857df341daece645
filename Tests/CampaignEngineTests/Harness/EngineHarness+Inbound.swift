import Testing
import Wire

import CampaignEngine

/// What guests do.
extension EngineHarness {
  @discardableResult
  func write(
    _ text: String, from guest: GuestID, kind: ContentKind = .text, at time: Timestamp? = nil,
    quotes: String = ""
  ) throws -> ReceiveMessage.Result {
    var content = MessageContent()
    (content.kind, content.text, content.quotes) = (kind, text, quotes)
    return try receive(content, from: state[guest].phone, at: time)
  }

  /// Taps a button of ours: `exe_5m:answer:no`.
  @discardableResult
  func tap(
    _ handle: String, at node: String, of execution: ExecutionID, title: String? = nil,
    sentAt: Timestamp? = nil
  ) throws -> ReceiveMessage.Result {
    var content = MessageContent()
    content.kind = .button
    content.text = title ?? handle
    content.payload = ButtonPayload(execution: execution, node: node, handle: handle).text
    return try receive(content, from: state[state[execution].guest].phone, at: sentAt)
  }

  @discardableResult
  func receive(
    _ content: MessageContent, from phone: Phone?, userID: String? = nil, gatewayID: String? = nil,
    at time: Timestamp? = nil
  ) throws -> ReceiveMessage.Result {
    try perform(
      ReceiveMessage(
        sender: sender, gatewayID: gatewayID ?? nextGatewayID(), from: phone, userID: userID,
        sentAt: time ?? now, content: content))
  }
}
