import TestRandom
import Testing
import Wire

import CampaignEngine

/// What WhatsApp posts: bodies are taken in, some of them twice, and worked off item by item while
/// everything else goes on.
extension Simulation {
  static let account = "1"

  func takeWebhook() throws {
    guard harness.state.webhooks.waiting.isEmpty || random.chance(3) else {
      return try workOffItem(isLast: random.chance(3))
    }
    try harness.perform(
      ReceiveWebhook(
        account: Self.account, body: String(repeating: "{}", count: random.below(9)),
        digest: "digest \(random.below(40))"))
  }

  func workOffWebhooks() throws {
    while !harness.state.webhooks.waiting.isEmpty { try workOffItem(isLast: true) }
  }

  private func recently() -> Timestamp { harness.now + .minutes(Int64(5 - random.below(60))) }

  private func workOffItem(isLast: Bool) throws {
    let place = harness.state.webhooks.waiting[0].done
    func act<C: Command>(_ item: C) throws where C.Refusal == Rejection {
      try harness.perform(WorkOffWebhook(place: place, isLast: isLast, item: item))
    }
    let guest = random.pick(guests)
    let phone = guest.map { harness.state[$0].phone }
    switch random.below(9) {
    case 0: try harness.perform(PassOverWebhook(isLast: isLast, hasItem: random.chance(2)))
    case 1:
      try act(
        StopAccount(
          account: random.pick(["1", "2"]) ?? "", reason: "account_deleted", at: recently()))
    case 2:
      try act(
        ReportTemplateNews(
          account: Self.account, name: "rsvp_reminder", language: random.pick(["en", "xx"]) ?? "",
          status: random.pick([TemplateStatus.approved, .paused]),
          category: random.chance(2) ? nil : random.pick([TemplateCategory.utility, .marketing]),
          at: recently()))
    case 3, 4:
      try act(
        ReportPreference(
          sender: harness.sender, phone: phone, userID: random.chance(3) ? "IN.1" : nil,
          wantsMarketing: random.chance(2), at: recently()))
    case 8:
      try act(
        ChangeIdentity(
          sender: harness.sender, phone: phone.flatMap { $0.isNone ? nil : $0 },
          userID: random.chance(3) ? "IN.\(random.below(6))" : nil,
          newPhone: random.chance(2) ? Phone(number: 49_151_000_001) : nil,
          newUserID: random.chance(2) ? "IN.\(random.below(6))" : nil))
    default:
      var content = MessageContent()
      (content.kind, content.text) = (.text, random.pick(["yes", "stop by", "2"]) ?? "")
      try act(
        ReceiveMessage(
          sender: harness.sender, gatewayID: "wamid.hook.\(random.below(60))",
          from: phone.flatMap { $0.isNone ? nil : $0 }, userID: nil, sentAt: harness.now,
          content: content))
    }
  }
}
