import TestRandom
import Testing
import Wire

@testable import CampaignEngine

struct FoldedTextTests {
  @Test(arguments: [
    ("Sí, ¡VOY!", "si voy"), ("  yes  ", "yes"), ("can't", "cant"), ("can’t", "cant"),
    ("YES!!! ✓", "yes ✓"), ("e\u{301}té", "ete"), ("naïve café", "naive cafe"), ("", ""),
    ("...", ""), ("हाँ", "हाँ"), ("नहीं।", "नहीं"), ("Straße", "strasse"), ("İstanbul", "istanbul"),
    ("Øre", "ore"), ("да", "да"), ("ДА", "да"), ("no-problem", "no problem"), ("a\nb\tc", "a b c"),
    ("نَعَم", "نعم"), ("👍🏽", "👍"), ("ye\u{200D}s", "yes"), ("ｙｅｓ", "yes"),
    ("HAYIR", "hayir"), ("hayır", "hayir"), ("ΟΧΙ", "οχι"), ("όχι", "οχι"), ("WEISS", "weiss"),
    ("weiß", "weiss"), ("придём", "придем"), ("إلغاء", "الغاء"), ("1️⃣", "1"), ("٣", "3"),
    ("yes👍", "yes 👍"), ("❤️", "❤"), ("שָׁלוֹם", "שלום"), ("\u{200B}\u{FE0F}\u{2060}", ""),
  ])
  func `case, accents and punctuation do not matter`(text: String, folded: String) {
    #expect(FoldedText(text).text == folded)
  }

  @Test func `folding twice changes nothing more`() {
    for seed in UInt64(1)...300 {
      var random = Random(seed: seed)
      var text = ""
      for _ in 0..<random.below(12) {
        let scalar = Unicode.Scalar(UInt32(random.below(0x3000)))
        if let scalar { text.unicodeScalars.append(scalar) }
      }
      let once = FoldedText(text)
      #expect(FoldedText(once.text) == once, "seed \(seed)")
    }
  }

  @Test(arguments: [
    ("yes 👍", "yes"), ("👍", ""), ("🇮🇩 ya ✅!", "ya"), ("no", "no"), ("हाँ 🙏🏽", "हाँ"),
  ])
  func `an emoji beside a word is not part of it`(text: String, bare: String) {
    #expect(FoldedText(text).withoutSymbols.text == bare)
  }

  @Test func `words are found side by side and whole`() {
    let text = FoldedText("We are coming, all of us")
    for part in ["coming", "are coming", "all of", "WE"] {
      #expect(text.hasWords(of: FoldedText(part)), "\(part)")
    }
    for part in ["com", "are all", "", "us all"] {
      #expect(!text.hasWords(of: FoldedText(part)), "\(part)")
    }
  }

  @Test(arguments: ["\u{200B}", " \u{FEFF}\u{00AD} ", "\u{3164}", "\u{2800}", ""])
  func `invisible characters are nothing`(text: String) {
    #expect(text.isInvisible)
    #expect(!"\(text)...".isInvisible)
  }

  @Test func `a part is found wherever it stands`() {
    let text = FoldedText("Ana Sofía Pérez")
    for part in ["ana", "SOFIA", "a p", "rez", "", "!"] {
      #expect(text.contains(FoldedText(part)), "\(part)")
    }
    for part in ["anas", "perezz", "ana sofia perez x"] {
      #expect(!text.contains(FoldedText(part)), "\(part)")
    }
    #expect(text.words == ["ana", "sofia", "perez"])
  }
}

struct InterpolationTests {
  private func fill(_ text: String, _ values: [String: String] = [:]) throws -> String? {
    switch try Interpolation(parsing: text).fill({ values[$0.description] }) {
    case .success(let filled): filled
    case .failure: nil
    }
  }

  @Test(arguments: [
    ("Dear {{guest.name}}!", "Dear Ana!"), ("{{ guest.name }}", "Ana"), ("plain", "plain"),
    ("", ""),
    ("{{guest.language ?? \"en\"}}", "en"), ("{{guest.language ?? guest.name}}", "Ana"),
    ("{{guest.language ?? guest.category ?? \"x y\"}}", "x y"), ("{{guest.language ?? \"\"}}", ""),
    ("{{guest.language ?? \"really?? yes\"}}", "really?? yes"), ("a } b { c", "a } b { c"),
    ("{{guest.name}}{{guest.name}}", "AnaAna"), ("é{{guest.name}}é", "éAnaé"),
  ])
  func `places are filled in`(text: String, filled: String) throws {
    #expect(try fill(text, ["guest.name": "Ana"]) == filled)
  }

  @Test func `a place without value and last resort names its first path`() throws {
    let text = try Interpolation(parsing: "Hi {{vars.a ?? guest.name}}")
    #expect(text.fill { _ in nil } == .failure(MissingVariable(path: "vars.a")))
    #expect(text.fill { _ in "" } == .failure(MissingVariable(path: "vars.a")))
  }

  @Test func `what is read and what is required`() throws {
    let text = try Interpolation(
      parsing: "{{guest.name}} {{vars.a ?? \"x\"}} {{guest.fields.menu ?? project.name}}")
    #expect(
      text.paths.map(\.description) == [
        "guest.name", "vars.a", "guest.fields.menu", "project.name",
      ])
    #expect(
      text.requiredPlaces.map { $0.map(\.description) } == [
        ["guest.name"], ["guest.fields.menu", "project.name"],
      ])
  }

  @Test(arguments: [
    ("Dear {{guest.name", 5), ("{{}}", 0), ("{{guest.shoe}}", 0), ("{{name}}", 0),
    ("é{{\"x\"}}", 2), ("{{\"x\" ?? guest.name}}", 0), ("{{guest.name ?? }}", 0),
    ("{{guest.name ?? \"x}}", 0), ("{{guest.Name}}", 0), ("{{project.events.a}}", 0),
    ("{{guest.fields.}}", 0), ("{{vars.a.b}}", 0), ("{{project.fields.a b}}", 0),
  ])
  func `a text that cannot be read says where`(text: String, offset: Int) {
    #expect {
      _ = try Interpolation(parsing: text)
    } throws: { error in
      (error as? Interpolation.Fault)?.offset == offset
    }
  }

  @Test(arguments: [
    "guest.name", "guest.phone", "guest.category", "guest.language", "guest.rsvp",
    "guest.external_id", "guest.party_size", "guest.attending_count", "guest.fields.menu",
    "vars.answer", "project.name", "project.event_date", "project.event_time", "project.event_name",
    "project.events.dinner.date", "project.events.dinner.time", "project.events.dinner.name",
    "project.fields.card_url",
  ])
  func `every path is described as it is written`(path: String) throws {
    #expect(try #require(VariablePath(path)).description == path)
  }

  @Test func `values of guest and project`() throws {
    let harness = try EngineHarness.wedding()
    let guest = try harness.guest("Ana", phone: "0812-3000-0077") { row in
      row.category = "vip"
      row.language = "id"
      row.externalID = "A-1"
      row.partySize = .integer(3)
      row.rsvp = "attending"
      row.attendingCount = .integer(2)
      row.fieldValues["menu"] = .text("veg")
    }
    let expected = [
      "guest.name": "Ana", "guest.phone": "+6281230000077", "guest.category": "vip",
      "guest.language": "id", "guest.rsvp": "attending", "guest.external_id": "A-1",
      "guest.party_size": "3", "guest.attending_count": "2", "guest.fields.menu": "veg",
      "project.name": "Meera and Budi", "project.event_date": "2026-12-12",
      "project.event_time": "10:00", "project.event_name": "Wedding",
      "project.events.dinner.date": "2026-12-12", "project.events.dinner.time": "19:00",
      "project.events.dinner.name": "Dinner",
      "project.fields.card_url": "https://example.com/card.jpg",
    ]
    for (path, value) in expected {
      let path = try #require(VariablePath(path))
      #expect(harness.state.value(of: path, for: guest) == value, "\(path)")
    }
    for path in ["guest.fields.none", "vars.a", "project.fields.none", "project.events.none.date"] {
      let path = try #require(VariablePath(path))
      #expect(harness.state.value(of: path, for: guest) == nil, "\(path)")
    }
  }
}

struct TemplateTextTests {
  @Test func `places of a template are named and filled`() {
    #expect(TemplateText.placeNames(in: "{{ a }} and {{b}}, {{a}} {{") == ["a", "b", "a"])
    let filled = TemplateText.fill("{{ a }} and {{b}} {{c", with: [("a", "1")])
    #expect(filled == "1 and {{b}} {{c")
  }

  @Test(arguments: [("a\nb", "a b"), ("  a \t  b ", "a b"), ("\n", ""), ("plain", "plain")])
  func `a value has no line breaks, tabs or runs of spaces`(text: String, value: String) {
    #expect(TemplateText.parameterValue(text) == value)
  }
}

struct LocalizedTextTests {
  @Test(arguments: ["pt-BR", "pt_BR", "PT_br"])
  func `a language may be spelled in several ways`(language: String) throws {
    for key in ["pt-BR", "pt_BR"] {
      let text = try JSON.decode(
        LocalizedText.self, from: bytes(#"{"*": "yes", "pt": "sim", "\#(key)": "oi"}"#))
      #expect(text.text(for: language) == "oi")
      #expect(text.text(for: "pt-PT") == "sim")
    }
    #expect(isSameLanguage(language, "pt_br") && !isSameLanguage(language, "pt"))
    #expect(languageKey(language) == "pt_br")
  }

  @Test(arguments: [("id", "ya"), ("pt_BR", "sim"), ("pt", "sim"), ("fr", "yes"), ("", "yes")])
  func `the text is chosen by language, base language, then for everybody`(
    language: String, expected: String
  ) throws {
    let text = try JSON.decode(
      LocalizedText.self, from: bytes(#"{"*": "yes", "id": "ya", "pt": "sim"}"#))
    #expect(text.text(for: language) == expected)
  }

  @Test(arguments: ["{}", #"{"id": "ya"}"#, "3", #""yes""#, #"{"*": 1}"#])
  func `a text for everybody is required`(text: String) {
    #expect(throws: WireError.self) { try JSON.decode(LocalizedText.self, from: bytes(text)) }
  }
}
