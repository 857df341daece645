import TestRandom
import Testing

import CampaignEngine

struct FingerprintIndexTests {
  /// Against a dictionary, with texts that rows share, rows that have several, and many that come and go.
  @Test(arguments: [71, 72, 73] as [UInt64])
  func `it finds what a dictionary finds`(seed: UInt64) {
    var random = Random(seed: seed)
    var index = FingerprintIndex<MessageKind>()
    var model: [String: Set<MessageID>] = [:]
    for _ in 0..<20_000 {
      let text = "wamid.\(random.below(900))"
      let id = MessageID(space: 0, counter: UInt32(1 + random.below(40)))
      if random.chance(2) {
        index.insert(id, for: text)
        model[text, default: []].insert(id)
      } else {
        index.remove(id, for: text)
        model[text]?.remove(id)
      }
    }
    #expect(index.count == model.values.reduce(0) { $0 + $1.count }, "seed \(seed)")
    for (text, ids) in model {
      for id in ids { #expect(index.first(for: text) { $0 == id } == id, "seed \(seed): \(text)") }
      let found = index.first(for: text) { model[text]?.contains($0) == true }
      #expect((found != nil) == !ids.isEmpty, "seed \(seed): \(text)")
    }
    #expect(index.first(for: "nothing") { _ in true } == nil)
  }

  @Test func `rows that do not have the text are passed over`() {
    var index = FingerprintIndex<MessageKind>()
    let (one, other) = (MessageID(space: 0, counter: 1), MessageID(space: 3, counter: 9))
    index.insert(one, for: "a")
    index.insert(other, for: "a")
    index.insert(other, for: "a")
    #expect(index.count == 2)
    #expect(index.first(for: "a") { $0 == other } == other)
    index.remove(other, for: "a")
    #expect(index.first(for: "a") { $0 == other } == nil)
    #expect(index.first(for: "a") { _ in true } == one)
  }
}
