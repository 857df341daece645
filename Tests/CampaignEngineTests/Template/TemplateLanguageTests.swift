import Testing
import Wire

import CampaignEngine

struct TemplateLanguageTests {
  private let harness: EngineHarness

  init() throws { harness = try EngineHarness.wedding() }

  @Test(arguments: ["pt-BR", "pt_BR", "PT_br"])
  func `a variant is found by any spelling of its language`(language: String) throws {
    let id = try harness.template("hello", languages: ["en", "pt_BR"])
    let row = try #require(harness.state.find(id))
    #expect(row.variantIndex(language: language, projectLanguages: ["en"]) == 1)
    #expect(row.variantIndex(language: "fr", projectLanguages: [language]) == 1)
    #expect(row.variantIndex(language: "pt_PT", projectLanguages: ["en"]) == 0)
  }

  @Test func `two spellings are one language`() throws {
    #expect(throws: Rejection.self) {
      try harness.template("hello", languages: ["pt-BR", "pt_BR"])
    }
  }

  @Test func `a report finds the variant however it spells the language`() throws {
    let id = try harness.template("hello", languages: ["pt-BR"])
    try harness.perform(ReportTemplateStatus(template: id, language: "pt_BR", status: .paused))
    let row = try #require(harness.state.find(id))
    #expect(row.variants[0].status == .paused)
    #expect(row.stops.map(\.language) == ["pt-BR"])
  }
}
