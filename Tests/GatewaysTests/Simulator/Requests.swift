@testable import CampaignEngine
@testable import Gateways

let noon = Timestamp(milliseconds: 1_795_348_800_123)

let invitation = SendContent.template(
  TemplateMessage(
    name: "wedding_invite", language: "en",
    parameters: [TemplateParameter(name: "guest_name", value: "Meera")],
    buttons: invitationButtons))

let invitationButtons = ["yes", "maybe", "no"].map {
  ContentButton(payload: "exe_1:answer:\($0)", title: "I say \($0)")
}

/// The nth message; everybody has a phone of their own unless one is named.
func request(
  _ number: Int, attempt: UInt16 = 1, phone: UInt64? = nil, content: SendContent = invitation,
  expectation: SendRequest.Expectation = .button(handles: ["yes", "maybe", "no"]),
  startedAt: Timestamp = noon
) -> SendRequest {
  SendRequest(
    attempt: AttemptID(
      message: MessageID(space: 0, counter: UInt32(number + 1)), number: attempt),
    sender: SenderID(space: 0, counter: 1), from: Phone(number: 6_280_000_000_001),
    to: Phone(number: phone ?? 6_281_000_000_000 + UInt64(number)),
    guest: GuestID(space: 0, counter: UInt32(number + 1)), intent: UInt64(number),
    startedAt: startedAt, content: content, expectation: expectation)
}

extension SimulatorSettings {
  /// Nothing goes wrong, and nobody says anything.
  static var calm: SimulatorSettings {
    var settings = SimulatorSettings()
    for rate in SimulatedWhatsApp.rates { settings.whatsApp[keyPath: rate] = 0 }
    for rate in SimulatedGuests.rates { settings.guests[keyPath: rate] = 0 }
    settings.guests.readReceipts = 1000
    return settings
  }

  /// Nothing goes wrong, and everybody taps a button.
  static var willing: SimulatorSettings {
    var settings = calm
    settings.guests.replies = 1000
    return settings
  }

  /// Everything happens to one in eight.
  static var bad: SimulatorSettings {
    var settings = SimulatorSettings()
    for rate in SimulatedWhatsApp.rates { settings.whatsApp[keyPath: rate] = 125 }
    for rate in SimulatedGuests.rates { settings.guests[keyPath: rate] = 125 }
    (settings.guests.replies, settings.guests.readReceipts) = (850, 850)
    return settings
  }
}

extension SimulatedWhatsApp {
  static var rates: [WritableKeyPath<SimulatedWhatsApp, Int64>] {
    [
      \.refusals, \.lateFailures, \.repeatedFailures, \.windowRefusals, \.cappedTemplates,
      \.heldTemplates, \.lostAnswers, \.neverDelivered, \.doubledReports, \.reorderedReports,
      \.skippedDeliveries, \.earlyReports, \.namelessReports, \.doubledMessages,
    ]
  }
}

extension SimulatedGuests {
  static var rates: [WritableKeyPath<SimulatedGuests, Int64>] {
    [
      \.unreachable, \.silent, \.hiddenNumbers, \.readReceipts, \.replies, \.typed, \.nonsense,
      \.media, \.invalid, \.optOuts, \.chatter, \.earlyReplies, \.quickReplies, \.weekLate,
      \.doubleReplies, \.lateChanges,
    ]
  }
}

extension Simulator {
  /// All that is still to come, in order.
  mutating func takeAll() -> [GatewayReport] {
    takeReports(dueBy: .distantFuture, limit: .max)
  }
}

func reports(
  of requests: [SendRequest], seed: UInt64 = 7, _ settings: SimulatorSettings
) -> [GatewayReport] {
  var simulator = Simulator(seed: seed, settings: settings)
  simulator.send(requests, at: noon)
  return simulator.takeAll()
}

/// Reports as texts that can be compared.
func texts(_ reports: [GatewayReport]) -> [String] { reports.map { String(describing: $0) } }

extension GatewayReport {
  var answer: ReportAttempt.Outcome? {
    if case .answer(let report) = content { report.outcome } else { nil }
  }

  var status: ReportStatus? {
    if case .status(let report) = content { report } else { nil }
  }

  var inbound: ReceiveMessage? {
    if case .inbound(let message) = content { message } else { nil }
  }

  /// The code of a refusal or of a late failure.
  var errorCode: Int64? {
    if case .refused(let error, _) = answer { return error.code }
    return status?.report.error?.code
  }
}

extension [GatewayReport] {
  var statuses: [ReportedStatus] { compactMap { $0.status?.report.status } }
  var inbound: [ReceiveMessage] { compactMap(\.inbound) }

  func due(_ isWanted: (GatewayReport) -> Bool) -> Timestamp? { first(where: isWanted)?.due }
}
