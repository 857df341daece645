import CampaignEngine
import Testing
import Wire

@testable import Gateways

@Suite struct SimulatorTests {
  private let crowd = (0..<300).map { request($0) }

  @Test func `the same seed tells the same, another seed another thing`() {
    let first = texts(reports(of: crowd, seed: 1, SimulatorSettings()))
    #expect(first == texts(reports(of: crowd, seed: 1, SimulatorSettings())))
    #expect(first != texts(reports(of: crowd, seed: 2, SimulatorSettings())))
  }

  @Test func `the order of handing over does not matter`() {
    var simulator = Simulator(seed: 1)
    for request in crowd.reversed() { simulator.send([request], at: noon) }
    #expect(texts(simulator.takeAll()) == texts(reports(of: crowd, seed: 1, SimulatorSettings())))
  }

  @Test func `a restart repeats what was said, to the byte`() {
    var before = Simulator(seed: 1)
    before.send(crowd, at: noon)
    let restart = noon + .hours(1)
    let said = before.takeReports(dueBy: restart, limit: .max)
    var after = Simulator(seed: 1)
    for request in crowd { after.resume(request, at: restart) { _ in false } }
    #expect(!said.isEmpty)
    #expect(texts(after.takeReports(dueBy: restart, limit: .max)) == texts(said))
    #expect(texts(after.takeAll()) == texts(before.takeAll()))
  }

  @Test func `resuming what is known already adds nothing`() {
    var simulator = Simulator(seed: 1)
    simulator.send(crowd, at: noon)
    let count = simulator.pendingCount
    for request in crowd { simulator.resume(request, at: noon) { _ in false } }
    #expect(simulator.pendingCount == count)
  }

  @Test func `what is known and due does not come again`() {
    let restart = noon + .hours(1)
    var before = Simulator(seed: 1)
    before.send(crowd, at: noon)
    _ = before.takeReports(dueBy: restart, limit: .max)
    var after = Simulator(seed: 1)
    for request in crowd { after.resume(request, at: restart) { _ in true } }
    #expect(texts(after.takeAll()) == texts(before.takeAll()))
  }

  @Test func `times hang on the start of the attempt alone`() {
    let later = crowd.map { request(Int($0.guest.counter) - 1, startedAt: noon + .hours(2)) }
    let early = reports(of: crowd, SimulatorSettings())
    let late = reports(of: later, SimulatorSettings())
    #expect(early.map { $0.due + .hours(2) } == late.map(\.due))
    #expect(early.inbound.map { $0.sentAt + .hours(2) } == late.inbound.map(\.sentAt))
    #expect(early.inbound.map(\.gatewayID) == late.inbound.map(\.gatewayID))
  }

  @Test func `reports come in order of time, no earlier than due and no more than asked for`() {
    var simulator = Simulator(seed: 1)
    simulator.send(crowd, at: noon)
    var taken: [GatewayReport] = []
    while let next = simulator.nextDue {
      #expect(
        simulator.takeReports(dueBy: next + TimeSpan(milliseconds: -1), limit: 10).isEmpty)
      let some = simulator.takeReports(dueBy: next, limit: 1)
      #expect(some.count == 1 && some[0].due == next)
      taken += some
    }
    #expect(taken.map(\.due) == taken.map(\.due).sorted())
    #expect(taken.count == reports(of: crowd, seed: 1, SimulatorSettings()).count)
    #expect(simulator.takeReports(dueBy: .distantFuture, limit: 0).isEmpty)
  }

  @Test func `nothing comes before the start or after the longest story`() {
    let settings = SimulatorSettings()
    for report in reports(of: (0..<1000).map { request($0) }, settings) {
      #expect(report.due >= noon && report.due <= noon + settings.longestStory)
    }
  }

  @Test func `gateway ids name one message each`() {
    let all = reports(
      of: crowd + crowd.map { request(Int($0.guest.counter) - 1, attempt: 2) }, .willing)
    let ids = all.compactMap { report -> String? in
      if case .accepted(let gatewayID, _, _, _) = report.answer { return gatewayID }
      return report.inbound?.gatewayID
    }
    #expect(ids.count == 2 * 2 * crowd.count && Set(ids).count == ids.count)
  }
}

@Suite struct SimulatorSettingsTests {
  @Test func `what is left out keeps its default`() throws {
    let text =
      #"{"guests": {"silent": 300, "reply_delay": "40m"}, "whatsapp": {"late_failures": 0}}"#
    let settings = try JSON.decode(SimulatorSettings.self, from: Array(text.utf8))
    var expected = SimulatorSettings()
    (expected.guests.silent, expected.guests.replyDelay) = (300, .minutes(40))
    expected.whatsApp.lateFailures = 0
    #expect(settings == expected)
    #expect(try JSON.decode(SimulatorSettings.self, from: Array("{}".utf8)) == SimulatorSettings())
  }

  @Test func `what is written is read back`() throws {
    let settings = SimulatorSettings.calm
    #expect(try JSON.decode(SimulatorSettings.self, from: JSON.encode(settings)) == settings)
  }

  @Test(arguments: [
    #"{"guests": {"silent": 1001}}"#, #"{"guests": {"silent": -1}}"#,
    #"{"guests": {"choice_weights": []}}"#, #"{"guests": {"reply_delay": "soon"}}"#,
    #"{"whatsapp": {"refusal": 1}}"#,
  ])
  func `what makes no sense is refused`(text: String) {
    #expect(throws: WireError.self) {
      try JSON.decode(SimulatorSettings.self, from: Array(text.utf8))
    }
  }

  @Test func `no setting can make it trap`() {
    var settings = SimulatorSettings()
    let extreme = TimeSpan(milliseconds: 10 * 366 * 86_400_000)
    for span in [TimeSpan(milliseconds: -5), .zero, TimeSpan(milliseconds: 1), extreme] {
      settings.whatsApp.answerLatency = span
      settings.whatsApp.webhookLatency = span
      settings.whatsApp.deliveryDelay = span
      settings.whatsApp.longestDelivery = span
      settings.whatsApp.hold = span
      settings.guests.readDelay = span
      settings.guests.replyDelay = span
      settings.guests.longestReply = span
      settings.guests.lateChangeDelay = span
      for weights: [Int64] in [[], [0, 0, 0], [.min, .max], [-1]] {
        settings.guests.choiceWeights = weights
        let all = reports(of: (0..<50).map { request($0) }, settings)
        #expect(all.count >= 50 && all.allSatisfy { $0.due >= noon })
      }
    }
  }
}

@Suite struct ChanceTests {
  @Test func `a heavy tail has its median, its tenth and its end`() {
    let draws = (0..<2000).map { number in
      Chance(seed: 1).about(UInt64(number))
        .heavyTail(median: .minutes(15), longest: .days(7), "test")
    }
    #expect((910...1090).contains(draws.count { $0 > .minutes(15) }))
    #expect((146...254).contains(draws.count { $0 > .minutes(15 * 25) }))
    #expect(draws.contains { $0 > .days(3) })
    #expect(draws.allSatisfy { $0 >= .minutes(3) && $0 <= .days(7) })
  }

  @Test func `a spread stays between half and one and a half`() {
    for number in 0..<1000 as Range<UInt64> {
      let span = Chance(seed: number).spread(.seconds(10), "test")
      #expect(span >= .seconds(5) && span <= .seconds(15))
    }
  }
}
