import TestRandom
import Testing

import CampaignEngine

/// Each table against the simplest thing that does the same.
struct StorageTests {
  @Test(arguments: UInt64(1)...20)
  func `a sorted set in blocks behaves like a sorted array`(seed: UInt64) {
    var random = Random(seed: seed)
    var chunks = SortedChunks<Int>()
    var model: [Int] = []
    let range = [10, 300, 5000][random.below(3)]
    for _ in 0..<2500 {
      let value = random.below(range)
      switch random.below(10) {
      case 0...5:
        let isNew = !model.contains(value)
        #expect(chunks.insert(value) == isNew, "seed \(seed)")
        if isNew { model.insert(value, at: model.firstIndex { $0 > value } ?? model.count) }
      case 6...8:
        let index = model.firstIndex(of: value)
        #expect(chunks.remove(value) == (index != nil), "seed \(seed)")
        if let index { model.remove(at: index) }
      default:
        #expect(chunks.popFirst() == model.first, "seed \(seed)")
        if !model.isEmpty { model.removeFirst() }
      }
      #expect(chunks.count == model.count && chunks.first == model.first, "seed \(seed)")
      #expect(chunks.isEmpty == model.isEmpty, "seed \(seed)")
    }
    #expect(chunks.all == model, "seed \(seed)")
  }

  @Test func `ascending and descending insertions of many thousands stay in order`() {
    var up = SortedChunks<Int>()
    var down = SortedChunks<Int>()
    for value in 0..<5000 {
      up.insert(value)
      down.insert(4999 - value)
    }
    #expect(up.all == Array(0..<5000))
    #expect(down.all == Array(0..<5000))
  }

  @Test(arguments: UInt64(1)...10)
  func `an index in shards behaves like a dictionary`(seed: UInt64) {
    var random = Random(seed: seed)
    var index = ShardedIndex<String, Int>()
    var model: [String: Int] = [:]
    for step in 0..<2000 {
      let key = "key \(random.below(400))"
      if random.chance(3) {
        index[key] = nil
        model[key] = nil
      } else {
        index[key] = step
        model[key] = step
      }
      #expect(index[key] == model[key] && index.count == model.count, "seed \(seed)")
    }
    for key in 0..<400 { #expect(index["key \(key)"] == model["key \(key)"], "seed \(seed)") }
  }

  @Test func `a value is put where there is none, and what is there stays`() {
    var index = ShardedIndex<String, Int>()
    #expect(index.value(of: "a", orInsert: 1) == 1)
    #expect(index.value(of: "a", orInsert: 2) == 1)
    #expect(index["a"] == 1)
    #expect(index.count == 1)
    index["a"] = nil
    #expect(index.value(of: "a", orInsert: 3) == 3)
    #expect(index.count == 1)
  }

  @Test func `a list in blocks gives back what was appended`() {
    var list = ChunkedList<Int>()
    for value in 0..<3000 { list.append(value) }
    #expect(list.all == Array(0..<3000))
  }

  @Test func `symbols keep their numbers, and the empty text is none`() {
    var table = SymbolTable()
    let vip = table.intern("vip")
    #expect(table.intern("family") != vip)
    #expect(table.intern("vip") == vip)
    #expect(table.symbol(of: "vip") == vip && table[vip] == "vip")
    #expect(table.symbol(of: "crew") == nil)
    #expect(table.intern("") == .none && table.symbol(of: "") == Symbol.none)
    #expect(table[.none] == "" && table.count == 2)
    #expect(SymbolTable(texts: table.texts).symbol(of: "family") == table.symbol(of: "family"))
  }
}
