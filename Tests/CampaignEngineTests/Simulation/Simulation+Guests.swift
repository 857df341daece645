import TestRandom
import Testing
import Wire

import CampaignEngine

/// What guests write and tap.
extension Simulation {
  private static let texts = [
    "yes", "no", "maybe", "2", "9", "what?", "Vegetarian", "1", "hello", "no problem", "start", "",
  ]

  /// An answer meets a pause, and what comes after it may be a resume, an end, or nothing for long.
  private func answerDuringPause() throws {
    var waiting: [ExecutionID] = []
    harness.state.project(of: 0).executions.forEach { counter, row in
      guard row.status == .waiting, row.wait?.kind.isForGuest == true,
        !harness.state[row.guest].isDeleted
      else { return }
      waiting.append(ExecutionID(space: 0, counter: counter))
    }
    guard let id = random.pick(waiting) else { return }
    _ = harness.refusal(of: ControlExecution(execution: id, control: .pause))
    var content = MessageContent()
    (content.kind, content.text) = (.text, random.pick(Self.texts) ?? "")
    try harness.receive(content, from: harness.state[harness.state[id].guest].phone)
    let controls: [ExecutionControl] = [.cancel, .resume(isExtended: false)]
    guard let control = random.pick(controls), random.chance(2) else { return }
    _ = harness.refusal(of: ControlExecution(execution: id, control: control))
  }

  func write() throws {
    if random.chance(5) { return try answerDuringPause() }
    guard let guest = random.pick(guests) else { return }
    var content = MessageContent()
    content.kind =
      random.chance(8)
      ? random.pick([.image, .reaction, .unsupported, .edit, .call]) ?? .text : .text
    content.text = random.chance(40) ? "stop" : random.pick(Self.texts) ?? ""
    // The code of somebody, perhaps from another number.
    if random.chance(15), let meant = random.pick(guests) {
      content.text = "Hello! \(GuestCode(meant, secret: harness.engine.secret).text)"
    }
    if random.chance(5), let quoted = random.pick(harness.sent) {
      content.quotes = harness.state[quoted.attempt.message].gatewayID
    }
    let isHidden = random.chance(12)
    let from = random.chance(20) ? Phone(number: 49_151_000_000) : harness.state[guest].phone
    guard !from.isNone else { return }
    let gatewayID = random.chance(10) ? "wamid.in.\(random.below(3))" : harness.nextGatewayID()
    try harness.receive(
      content, from: isHidden ? nil : from,
      userID: isHidden || random.chance(5) ? "IN.\(random.below(6))" : nil,
      gatewayID: gatewayID, at: harness.now + .minutes(Int64(5 - random.below(60))))
  }

  func tap() throws {
    guard let request = random.pick(harness.sent), let button = random.pick(request.content.buttons)
    else { return }
    var content = MessageContent()
    (content.kind, content.text, content.payload) = (.button, button.title, button.payload)
    if button.payload.hasSuffix(":flow") {
      content.kind = .flow
      content.text =
        random.pick([#"{"come": "all"}"#, #"{"come": ["dinner"]}"#, #"{"come": 7}"#, "Sent"]) ?? ""
    }
    let phone = harness.state[request.guest].phone
    // Nobody knows the number of somebody who was erased.
    guard !phone.isNone else { return }
    try harness.receive(content, from: phone)
    let message = harness.state[request.attempt.message]
    if message.status.isWithWhatsApp { fates[request.attempt.message] = .taken }
  }
}
