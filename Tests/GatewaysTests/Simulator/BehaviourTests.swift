import CampaignEngine
import Testing

import Gateways

/// Something that the simulated world does now and then: where its rate is set, and how it shows
/// in the reports of one attempt.
struct Behaviour: CustomTestStringConvertible, Sendable {
  let testDescription: String
  var base: SimulatorSettings = .willing
  var content = invitation
  var expectation = SendRequest.Expectation.button(handles: ["yes", "maybe", "no"])
  let set: @Sendable (inout SimulatorSettings, Int64) -> Void
  let shows: @Sendable ([GatewayReport]) -> Bool

  init(
    _ name: String, base: SimulatorSettings = .willing, content: SendContent = invitation,
    expectation: SendRequest.Expectation = .button(handles: ["yes", "maybe", "no"]),
    set: @escaping @Sendable (inout SimulatorSettings, Int64) -> Void,
    shows: @escaping @Sendable ([GatewayReport]) -> Bool
  ) {
    (testDescription, self.base, self.content) = (name, base, content)
    (self.expectation, self.set, self.shows) = (expectation, set, shows)
  }
}

private let ofWhatsApp = [
  Behaviour("a passing refusal", set: { $0.whatsApp.refusals = $1 }) { reports in
    [131000, 131016].contains(reports.first?.errorCode) && reports.count == 1
  },
  Behaviour("a late passing failure", set: { $0.whatsApp.lateFailures = $1 }) { reports in
    reports.statuses.last == .failed && [131000, 131016].contains(reports.last?.errorCode)
      && reports.inbound.isEmpty
  },
  Behaviour(
    "a closed window", content: .text("Hello"), set: { $0.whatsApp.windowRefusals = $1 },
    shows: { $0.count == 1 && $0[0].errorCode == 131047 }),
  Behaviour("the cap on marketing", set: { $0.whatsApp.cappedTemplates = $1 }) { reports in
    reports.statuses.last == .failed && reports.last?.errorCode == 131049
  },
  Behaviour("a paced template", set: { $0.whatsApp.heldTemplates = $1 }) { reports in
    if case .accepted(_, isHeld: true, _, _) = reports.first?.answer { true } else { false }
  },
  Behaviour("a lost answer", set: { $0.whatsApp.lostAnswers = $1 }) { reports in
    let isLost = reports.contains { if case .unknown = $0.answer { true } else { false } }
    return isLost && reports.statuses == [.sent, .delivered, .read]
      && reports.allSatisfy { $0.status.map { $0.attempt != nil } ?? true }
  },
  Behaviour("no delivery", set: { $0.whatsApp.neverDelivered = $1 }) { reports in
    reports.statuses == [.sent] && reports.inbound.isEmpty
  },
  Behaviour("a doubled status", set: { $0.whatsApp.doubledReports = $1 }) { reports in
    reports.statuses.count { $0 == .delivered } == 2
  },
  Behaviour("delivered after read", set: { $0.whatsApp.reorderedReports = $1 }) { reports in
    reports.statuses == [.sent, .read, .delivered]
  },
  Behaviour(
    "sent after delivered",
    base: {
      var settings = SimulatorSettings.calm
      settings.guests.readReceipts = 0
      return settings
    }(), set: { $0.whatsApp.reorderedReports = $1 }, shows: { $0.statuses == [.delivered, .sent] }),
  Behaviour("a skipped delivered", set: { $0.whatsApp.skippedDeliveries = $1 }) { reports in
    reports.statuses == [.sent, .read]
  },
  Behaviour("a status before the answer", set: { $0.whatsApp.earlyReports = $1 }) { reports in
    reports.first?.status?.report.status == .sent
  },
  Behaviour("nameless statuses", set: { $0.whatsApp.namelessReports = $1 }) { reports in
    reports.compactMap(\.status).allSatisfy { $0.attempt == nil }
  },
  Behaviour("a message delivered twice", set: { $0.whatsApp.doubledMessages = $1 }) { reports in
    reports.inbound.count == 2 && Set(reports.inbound.map(\.gatewayID)).count == 1
  },
]

private let ofGuests = [
  Behaviour("an unreachable person", set: { $0.guests.unreachable = $1 }) { reports in
    reports.last?.errorCode == 131026 && reports.statuses.last == .failed
  },
  Behaviour("a silent person", set: { $0.guests.silent = $1 }, shows: { $0.inbound.isEmpty }),
  Behaviour("a hidden number", set: { $0.guests.hiddenNumbers = $1 }) { reports in
    guard case .accepted(_, _, let userID, _) = reports.first?.answer else { return false }
    return userID != nil && reports.inbound.allSatisfy { $0.from == nil && $0.userID == userID }
  },
  Behaviour(
    "a read receipt", base: .calm, set: { $0.guests.readReceipts = $1 },
    shows: { $0.statuses == [.sent, .delivered, .read] }),
  Behaviour("a reply", set: { $0.guests.replies = $1 }, shows: { $0.inbound.count == 1 }),
  Behaviour("a typed title", set: { $0.guests.typed = $1 }) { reports in
    reports.inbound.contains { $0.content.kind == .text && $0.content.payload.isEmpty }
  },
  Behaviour("nonsense", set: { $0.guests.nonsense = $1 }) { reports in
    reports.inbound.contains { $0.content.kind == .text && !$0.content.text.contains("say") }
  },
  Behaviour("a medium", set: { $0.guests.media = $1 }) { reports in
    reports.inbound.contains { !$0.content.kind.isText && $0.content.kind.opensWindow }
  },
  Behaviour(
    "an answer that a form refuses", content: .text("How many?"), expectation: .number(1...4),
    set: { $0.guests.invalid = $1 }
  ) { reports in
    !["1", "2", "3", "4"].contains { reports.inbound[0].content.text.hasSuffix($0) }
  },
  Behaviour("an opt-out", set: { $0.guests.optOuts = $1 }) { reports in
    ["STOP", "Stop.", "unsubscribe"].contains(reports.inbound.first?.content.text)
  },
  Behaviour(
    "chatter", content: .text("Thank you!"), expectation: .nothing, set: { $0.guests.chatter = $1 },
    shows: { !$0.inbound.isEmpty }),
  Behaviour("a reply before the answer", set: { $0.guests.earlyReplies = $1 }) { reports in
    reports.first?.inbound != nil
  },
  Behaviour("a reply right after the answer", set: { $0.guests.quickReplies = $1 }) { reports in
    guard let taken = reports.due({ $0.answer != nil }) else { return false }
    return reports.due { $0.inbound != nil } == taken + TimeSpan(milliseconds: 1)
  },
  Behaviour(
    "a reply a week later",
    base: {
      var settings = SimulatorSettings.willing
      (settings.guests.longestReply, settings.guests.longestRead) = (.days(1), .hours(1))
      return settings
    }(), set: { $0.guests.weekLate = $1 }, shows: { $0.inbound[0].sentAt > noon + .days(7) }),
  Behaviour("a double reply", set: { $0.guests.doubleReplies = $1 }) { reports in
    Set(reports.inbound.map(\.gatewayID)).count == 2
      && Set(reports.inbound.map(\.content.payload)).count == 1
  },
  Behaviour("a late change", set: { $0.guests.lateChanges = $1 }) { reports in
    Set(reports.inbound.map(\.content.payload)).count == 2
      && reports.inbound[1].sentAt - reports.inbound[0].sentAt > .days(3)
  },
]

@Suite struct BehaviourTests {
  @Test(arguments: ofWhatsApp + ofGuests)
  func `every behaviour comes at about its rate, always, or never`(behaviour: Behaviour) {
    let count = 300
    func shown(_ rate: Int64) -> Int {
      var settings = behaviour.base
      behaviour.set(&settings, rate)
      return (0..<count).count { number in
        behaviour.shows(
          reports(
            of: [request(number, content: behaviour.content, expectation: behaviour.expectation)],
            settings))
      }
    }
    #expect(shown(0) == 0)
    #expect(shown(1000) == count)
    let some = shown(200)
    // Four standard deviations; the seed is fixed, so the count is always the same.
    #expect((32...88).contains(some), "\(some) of \(count)")
  }

  @Test func `earlier choices are more likely, by their weights`() {
    var settings = SimulatorSettings.willing
    settings.guests.choiceWeights = [6, 3, 1]
    let payloads = (0..<1000).compactMap { number in
      reports(of: [request(number)], settings).inbound.first?.content.payload
    }
    let counts = invitationButtons.map { button in payloads.count { $0 == button.payload } }
    #expect(counts.reduce(0, +) == 1000)
    #expect((538...662).contains(counts[0]) && (242...358).contains(counts[1]), "\(counts)")
  }

  @Test func `a retry usually succeeds`() {
    var settings = SimulatorSettings.calm
    (settings.whatsApp.refusals, settings.whatsApp.repeatedFailures) = (1000, 100)
    let refused = (0..<1000).count { number in
      reports(of: [request(number, attempt: 2)], settings).first?.errorCode != nil
    }
    #expect((62...138).contains(refused), "\(refused)")
  }

  @Test func `whoever shares a phone shares its habits, and is unreachable every time`() {
    var settings = SimulatorSettings.willing
    settings.guests.unreachable = 500
    for number in 0..<200 {
      let phone = 6_281_000_000_000 + UInt64(number)
      let first = reports(of: [request(number, phone: phone)], settings)
      let second = reports(of: [request(number + 1000, attempt: 3, phone: phone)], settings)
      #expect((first.last?.errorCode == 131026) == (second.last?.errorCode == 131026))
    }
  }

  @Test func `a tap carries the payload, the title and the message that it answers`() {
    let reports = reports(of: [request(1)], .willing)
    guard case .accepted(let gatewayID, false, nil, _) = reports.first?.answer else {
      Issue.record("not accepted: \(reports)")
      return
    }
    let tap = reports.inbound[0]
    #expect(tap.content.kind == .button)
    #expect(
      invitationButtons.contains {
        $0.payload == tap.content.payload && $0.title == tap.content.text
      })
    #expect(tap.content.quotes == gatewayID)
    #expect(tap.from == request(1).to)
    #expect(gatewayID.hasPrefix("wamid.") && gatewayID != tap.gatewayID)
  }

  @Test func `a form gets an answer of the kind that it asks for`() {
    func answer(to expectation: SendRequest.Expectation) -> String {
      let asked = request(0, content: .text("Well?"), expectation: expectation)
      let replies = reports(of: [asked], .willing).inbound
      #expect(replies.count == 1)
      return replies.first?.content.text ?? ""
    }
    #expect(answer(to: .date).utf8.count == 10)
    #expect(answer(to: .date) > "2026-11-22")
    #expect(answer(to: .phone) == request(0).to.wireText)
    #expect(!answer(to: .text).isEmpty)
    #expect(answer(to: .number(2...2)).hasSuffix("2"))
    #expect(answer(to: .number(.min ... .max)).contains("-"))
  }

  @Test(
    arguments: [
      (.text(""), 131008), (.text(String(repeating: "a", count: 4097)), 131009),
      (.buttons("Well?", []), 131009),
      (.buttons("Well?", invitationButtons + invitationButtons), 131009),
      (
        .buttons("Well?", [ContentButton(payload: "a", title: String(repeating: "a", count: 21))]),
        131009
      ),
      (.buttons(String(repeating: "a", count: 1025), invitationButtons), 131009),
      (template(with: ""), 131008), (template(with: "b\nc"), 132018),
      (template(with: "b     c"), 132018), (template(linkingTo: ""), 131008),
    ] as [(SendContent, Int64)])
  func `content that WhatsApp would refuse is refused`(content: SendContent, code: Int64) {
    let reports = reports(of: [request(0, content: content)], .calm)
    #expect(reports.count == 1 && reports[0].errorCode == code)
  }

  @Test func `a message to the own number is refused`() {
    let own = request(0, phone: 6_280_000_000_001)
    #expect(reports(of: [own], .calm).first?.errorCode == 131021)
  }
}

private func template(with value: String) -> SendContent {
  let parameter = TemplateParameter(name: "a", value: value)
  return .template(TemplateMessage(name: "a", language: "en", parameters: [parameter]))
}

private func template(linkingTo value: String) -> SendContent {
  let link = ButtonComponent(index: 0, .url, value: value)
  return .template(TemplateMessage(name: "a", language: "en", components: [link]))
}
