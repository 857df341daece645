import Testing
import Wire

import CampaignEngine

/// What WhatsApp says beside messages and reports. It comes at least once, late, and in any order, so
/// the time of each piece decides.
struct WebhookNewsTests {
  private func harness() throws -> EngineHarness {
    let harness = EngineHarness()
    try harness.makeSender { $0.account = "1" }
    try harness.makeProject()
    try harness.makeTemplates()
    return harness
  }

  // MARK: Templates

  private func news(
    _ harness: EngineHarness, account: String = "1", _ name: String = "rsvp_reminder",
    language: String = "en", status: TemplateStatus? = nil, category: TemplateCategory? = nil,
    ago: Int64 = 0
  ) -> ReportTemplateNews {
    ReportTemplateNews(
      account: account, name: name, language: language, status: status, category: category,
      at: harness.now + .seconds(-ago))
  }

  private func variants(
    of name: String, _ harness: EngineHarness, space: UInt32 = 0
  ) throws -> [String: TemplateStatus] {
    let template = try #require(harness.state.template(named: name, space: space))
    return Dictionary(
      uniqueKeysWithValues: template.row.currentVariants.map { ($0.language, $0.status) })
  }

  @Test func `news of a template reach it in each project of the account`() throws {
    let harness = try harness()
    try harness.makeProject()
    try harness.makeTemplates()
    try harness.perform(news(harness, status: .paused))
    for space in [UInt32(0), 1] {
      #expect(
        try variants(of: "rsvp_reminder", harness, space: space)
          == ["en": .paused, "id": .approved])
    }
    #expect(
      harness.refusal(of: news(harness, account: "2", status: .approved))?.code == .notFound)
    #expect(
      harness.refusal(of: news(harness, language: "xx", status: .approved))?.code == .notFound)
  }

  @Test func `a language may be written in either way`() throws {
    let harness = try harness()
    try harness.template("save_the_date", languages: ["pt_BR"])
    try harness.perform(news(harness, "save_the_date", language: "pt-BR", status: .disabled))
    #expect(try variants(of: "save_the_date", harness) == ["pt_BR": .disabled])
  }

  @Test func `older news of a template change nothing, even where newer ones said what was so`()
    throws
  {
    let harness = try harness()
    harness.pass(.hours(1))
    try harness.perform(news(harness, status: .paused, ago: 60))
    try harness.perform(news(harness, status: .approved, ago: 120))
    #expect(try variants(of: "rsvp_reminder", harness)["en"] == .paused)
    try harness.perform(news(harness, status: .approved, ago: 30))
    try harness.perform(news(harness, status: .paused, ago: 60))
    #expect(try variants(of: "rsvp_reminder", harness)["en"] == .approved)
    try harness.perform(news(harness, language: "id", status: .approved, ago: 30))
    try harness.perform(news(harness, language: "id", status: .rejected, ago: 60))
    #expect(try variants(of: "rsvp_reminder", harness)["id"] == .approved)
    // What an operator says holds from now on.
    let template = try #require(harness.state.template(named: "rsvp_reminder", space: 0)).id
    try harness.perform(
      ReportTemplateStatus(template: template, language: "en", status: .disabled))
    try harness.perform(news(harness, status: .approved, ago: 10))
    #expect(try variants(of: "rsvp_reminder", harness)["en"] == .disabled)
  }

  @Test func `the dearest category of all languages holds, and the newest of one`() throws {
    let harness = try harness()
    harness.pass(.hours(1))
    try harness.template("one", languages: ["en"], category: .marketing)
    try harness.template("two", languages: ["en", "id"], category: .utility)
    func category(_ name: String) -> TemplateCategory? {
      harness.state.template(named: name, space: 0)?.row.category
    }
    try harness.perform(news(harness, "one", category: .utility, ago: 60))
    #expect(category("one") == .utility)
    try harness.perform(news(harness, "one", category: .marketing, ago: 120))
    #expect(category("one") == .utility)
    try harness.perform(news(harness, "two", category: .marketing, ago: 60))
    #expect(category("two") == .marketing)
    try harness.perform(news(harness, "two", language: "id", category: .utility))
    #expect(category("two") == .marketing)
  }

  // MARK: People

  @Test func `marketing is stopped and resumed, by the time at which that was said`() throws {
    let harness = try harness()
    let guest = try harness.guest("Sari", phone: "+6281230000077")
    harness.pass(.hours(1))
    func report(_ wantsMarketing: Bool, ago: Int64) throws {
      try harness.perform(
        ReportPreference(
          sender: harness.sender, phone: harness.state[guest].phone, userID: nil,
          wantsMarketing: wantsMarketing, at: harness.now + .seconds(-ago)))
    }
    var subscription: Subscription { harness.state.person(of: guest).subscription }
    try report(false, ago: 60)
    #expect(subscription == .noMarketing)
    try report(true, ago: 120)
    #expect(subscription == .noMarketing)
    try report(true, ago: 30)
    #expect(subscription == .subscribed)
    try report(false, ago: 60)
    #expect(subscription == .subscribed)
    // What was so already counts as said, too.
    try report(true, ago: 20)
    try report(false, ago: 25)
    #expect(subscription == .subscribed)
  }

  @Test func `whoever opted out of everything is not brought back`() throws {
    let harness = try harness()
    let guest = try harness.guest("Sari", phone: "+6281230000077")
    try harness.write("stop", from: guest)
    harness.pass(.hours(1))
    for wantsMarketing in [true, false] {
      try harness.perform(
        ReportPreference(
          sender: harness.sender, phone: harness.state[guest].phone, userID: nil,
          wantsMarketing: wantsMarketing, at: harness.now))
      #expect(harness.state.person(of: guest).subscription == .optedOut)
    }
    let stranger = ReportPreference(
      sender: harness.sender, phone: Phone(number: 4_915_100_000), userID: "IN.9",
      wantsMarketing: false, at: harness.now)
    // That somebody wants nothing is kept before they are known.
    try harness.perform(stranger)
    let persons = harness.state[harness.sender].persons
    #expect(persons[persons.nextCounter - 1].subscription == .noMarketing)
  }

  // MARK: Accounts

  @Test func `an account that is stopped pauses its campaigns once`() throws {
    let harness = try harness()
    try harness.guest("Sari", phone: "+6281230000077")
    let campaign = try harness.campaign(harness.flow(document(rsvpFlow)))
    try harness.perform(StartCampaign(campaign: campaign, expectedEligible: nil))
    harness.pass(.hours(1))
    let news = StopAccount(account: "1", reason: "account_restriction", at: harness.now)
    try harness.perform(news)
    #expect(harness.state[campaign].status == .paused)
    #expect(harness.state[campaign].pauseReason == "account_restriction")
    try harness.perform(ResumeCampaign(campaign: campaign))
    harness.pass(.hours(1))
    // The same once more, after an operator has resumed what was paused.
    try harness.perform(news)
    #expect(harness.state[campaign].status == .running)
    #expect(
      harness.refusal(of: StopAccount(account: "2", reason: "", at: harness.now))?.code
        == .notFound)
  }
}
