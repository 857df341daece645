import TestRandom
import Testing

@testable import CampaignEngine

struct HouseholdNamesTests {
  private static let names = ["Meera", "Arjun", "Tara", "Rohan", "Kiran"]

  @Test(
    arguments: [
      ("en", 1, nil, "Meera"),
      ("en", 2, nil, "Meera and Arjun"),
      ("en_GB", 5, nil, "Meera, Arjun, Tara, Rohan and Kiran"),
      ("id", 3, nil, "Meera, Arjun dan Tara"),
      ("hi", 3, nil, "Meera, Arjun और Tara"),
      ("fr", 3, nil, "Meera, Arjun, Tara"),
      ("en", 5, 30, "Meera, Arjun and 3 others"),
      ("id", 5, 26, "Meera, Arjun dan 3 lainnya"),
      ("hi", 5, 24, "Meera, Arjun और 3 अन्य"),
      ("fr", 5, 20, "Meera, Arjun, +3"),
      ("en", 1, 20, "Meera"),
    ] as [(String, Int, Int?, String)])
  func `names are joined by the word of the language, and the rest is counted`(
    language: String, count: Int, longest: Int?, expected: String
  ) {
    let names = Array(Self.names.prefix(count))
    #expect(HouseholdNames.text(names, language: language, longest: longest) == expected)
  }

  @Test(arguments: [UInt64(1), 2, 3])
  func `what is given room keeps to it, and names as many as fit`(seed: UInt64) {
    var random = Random(seed: seed)
    for _ in 0..<300 {
      let names = (0...random.below(14)).map { _ in
        String(
          (0...random.below(12)).map { _ in random.pick(["a", "é", "ज", "ن"]) ?? "a" }.joined())
      }
      let language = random.pick(["en", "id", "hi", "ar"]) ?? ""
      let longest = 20 + random.below(60)
      let text = HouseholdNames.text(names, language: language, longest: longest)
      #expect(text.isAtMost(scalars: longest), "seed \(seed): \(text)")
      let named = text.contains("…") ? String(text.prefix { $0 != "…" }) : names[0]
      #expect(names[0].hasPrefix(named) && text.hasPrefix(named), "seed \(seed): \(text)")
      let whole = HouseholdNames.text(names, language: language)
      #expect((text == whole) == whole.isAtMost(scalars: longest), "seed \(seed): \(text)")
    }
  }

  @Test(
    arguments: [
      ("household.names", VariablePath.householdNames(longest: nil)),
      ("household.names(max: 60)", .householdNames(longest: 60)),
      ("household.names(max:60)", .householdNames(longest: 60)), ("household.size", .householdSize),
      ("household.names(max: 19)", nil), ("household.names(max: 1001)", nil),
      ("household.names(max: -60)", nil), ("household.names(60)", nil), ("household.phones", nil),
      ("household.", nil), ("household.names(max: 99999999999999999999)", nil),
    ] as [(String, VariablePath?)])
  func `a place says how many characters the names may take`(text: String, path: VariablePath?) {
    #expect(VariablePath(text) == path)
    if let path { #expect(VariablePath(path.description) == path) }
  }
}
