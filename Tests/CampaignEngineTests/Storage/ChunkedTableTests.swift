import Testing
import Wire

import CampaignEngine

/// A row with a link, as messages and guests have them.
private struct TestRow: TableRow, Equatable {
  struct Links: Sendable, Equatable { var next = 0 }

  static let isPackedAtRest = true
  var text = ""
  var changedAt = Timestamp.zero
  var links = Links()

  init() {}
  init(_ text: String) { self.text = text }

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("text", &text, "Any text.")
    try visit.field("changed_at", &changedAt, "When it changed.")
  }
}

struct ChunkedTableTests {
  private typealias TestTable = ChunkedTable<Never, TestRow>

  private func rows(_ table: TestTable) -> [TestRow] {
    var all: [TestRow] = []
    table.forEach { counter, row in
      #expect(counter == UInt32(all.count + 1))
      all.append(row)
    }
    return all
  }

  /// Against an array, while days go by and what rests is packed; copies keep their own rows.
  @Test(arguments: UInt64(1)...10)
  func `a table behaves like an array, packed or not`(seed: UInt64) {
    var random = Random(seed: seed)
    var table = TestTable()
    var model: [TestRow] = []
    var copies: [(TestTable, [TestRow])] = []
    var mostPacked = 0
    for step in 0..<4000 {
      switch model.isEmpty ? 0 : random.below(12) {
      case 0...7:
        #expect(table.append(TestRow("row \(step)")) == UInt32(model.count + 1), "seed \(seed)")
        model.append(TestRow("row \(step)"))
      case 8:
        // Mostly what is new.
        let index = random.chance(8) ? random.below(model.count) : model.count - 1
        table[UInt32(index + 1)].text += "!"
        model[index].text += "!"
      case 9:
        let index = random.below(model.count)
        table[links: UInt32(index + 1)].next = step
        model[index].links.next = step
      case 10:
        let index = random.below(model.count)
        let told = table.change(UInt32(index + 1)) { row in
          row.text += "?"
          return row.text
        }
        model[index].text += "?"
        #expect(told == model[index].text, "seed \(seed)")
      default:
        let index = random.below(model.count)
        #expect(table[UInt32(index + 1)] == model[index], "seed \(seed)")
        let length = table.look(at: UInt32(index + 1)) { $0.text.utf8.count }
        #expect(length == model[index].text.utf8.count, "seed \(seed)")
        #expect(table[links: UInt32(index + 1)] == model[index].links, "seed \(seed)")
      }
      if step % 100 == 0 {
        table.begin(day: UInt32(step / 100))
        var (block, limit): (Int?, Int) = (0, 2)
        while block != nil, limit > 0 { table.packResting(from: &block, limit: &limit) }
        mostPacked = max(mostPacked, table.packedCount)
      }
      if step % 700 == 0 { copies.append((table, model)) }
    }
    #expect(mostPacked > 2, "seed \(seed)")
    for (table, model) in copies + [(table, model)] {
      #expect(rows(table) == model, "seed \(seed)")
      #expect(table.rowBlocks.flatMap(\.self) == model, "seed \(seed)")
      #expect(table.count == UInt32(model.count) && table.nextCounter == table.count + 1)
      #expect(!table.contains(0) && !table.contains(table.count + 1))
      #expect(model.isEmpty || table.contains(1) && table.contains(table.count))
    }
  }

  @Test func `only a full block that two days have left alone is packed`() {
    var table = TestTable()
    table.begin(day: 1)
    for number in 0..<600 { table.append(TestRow("\(number)")) }
    func pack(on day: UInt32, limit most: Int = 9) -> Int {
      table.begin(day: day)
      var (block, limit): (Int?, Int) = (0, most)
      table.packResting(from: &block, limit: &limit)
      return table.packedCount
    }
    #expect(pack(on: 1) == 0)
    #expect(pack(on: 2) == 0)
    table[300].text = "changed on the second day"
    #expect(pack(on: 3) == 1)
    #expect(pack(on: 4, limit: 0) == 1)
    #expect(pack(on: 4) == 2)
    table[links: 300].next = 7
    #expect(table.packedCount == 2)
    #expect(table[300].text == "changed on the second day" && table[300].links.next == 7)
    table[1].text = "again"
    #expect(table.packedCount == 1)
  }

  @Test(arguments: [0, 1, 255, 256, 257, 1000])
  func `stored blocks are the same whether packed or not, and are taken in`(count: Int) throws {
    var table = TestTable()
    for number in 0..<count { table.append(TestRow("row \(number)")) }
    var stored: [[UInt8]] = []
    table.forEachStoredBlock { stored.append($0) }
    table.begin(day: 9)
    var (block, limit): (Int?, Int) = (0, 9)
    table.packResting(from: &block, limit: &limit)
    #expect(table.packedCount == count / 256)
    var again: [[UInt8]] = []
    table.forEachStoredBlock { again.append($0) }
    #expect(again == stored)
    var restored = TestTable()
    for block in stored { try restored.append(storedBlock: block) }
    #expect(rows(restored) == rows(table))
    #expect(restored.packedCount == count / 256)
    // Blocks of another size are taken in, too.
    for block in stored { try restored.append(storedBlock: block) }
    #expect(restored.count == UInt32(2 * count))
    #expect(Array(rows(restored).suffix(count)) == rows(table))
  }

  @Test func `a damaged block is refused and takes nothing in`() throws {
    var table = TestTable()
    for number in 0..<256 { table.append(TestRow("row \(number)")) }
    var stored: [UInt8] = []
    table.forEachStoredBlock { stored = $0 }
    for cut in stride(from: 0, to: stored.count, by: 97) {
      #expect(throws: WireError.self) { try table.append(storedBlock: Array(stored[..<cut])) }
    }
    #expect(throws: WireError.self) { try table.append(storedBlock: stored + [0]) }
    #expect(table.count == 256)
  }

  @Test func `a row that cannot be read is found when a restored table is read first`() throws {
    var table = TestTable()
    for number in 0..<256 { table.append(TestRow("row \(number)")) }
    var stored: [UInt8] = []
    table.forEachStoredBlock { stored = $0 }
    var restored = TestTable()
    try restored.append(storedBlock: stored)
    #expect(try Array(restored.restored(ofBlock: 0)).map(\.row) == rows(table))
    // The lengths stay right, the text is no longer UTF-8.
    let place = try #require(stored.lastIndex(of: UInt8(ascii: "w")))
    stored[place] = 0xFF
    var damaged = TestTable()
    try damaged.append(storedBlock: stored)
    #expect(throws: WireError.self) { _ = try damaged.restored(ofBlock: 0) }
  }

  @Test func `blocks that have rested since a time are passed over, and counters stay right`()
    throws
  {
    let day = TimeSpan.days(1)
    var table = TestTable()
    for number in 0..<600 {
      var row = TestRow("\(number)")
      // The newest of the first block is of day 2, of the second block of day 3.
      row.changedAt = .zero + TimeSpan(milliseconds: day.milliseconds * Int64(number / 256 + 2))
      table.append(row)
    }
    var restored = TestTable()
    try table.forEachStoredBlock { try restored.append(storedBlock: $0) }
    for block in restored.blockIndices { _ = try restored.restored(ofBlock: block) }
    func first(since days: Int64) -> UInt32? {
      var first: UInt32?
      restored.forEach(changedSince: .zero + TimeSpan(milliseconds: day.milliseconds * days)) {
        counter, row in
        #expect(row.text == "\(counter - 1)")
        first = first ?? counter
      }
      return first
    }
    #expect(first(since: 2) == 1)
    #expect(first(since: 3) == 257)
    // The last block is not full and so not packed: it is always looked at.
    #expect(first(since: 9) == 513)
  }
}
