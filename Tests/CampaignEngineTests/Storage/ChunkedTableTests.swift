import TestRandom
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
  init(_ text: String, at time: Int = 0) {
    (self.text, changedAt) = (text, Timestamp(milliseconds: Int64(time)))
  }

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
    var (mostPacked, mostPassedOver) = (0, 0)
    for step in 0..<4000 {
      switch model.isEmpty ? 0 : random.below(12) {
      case 0...7:
        let row = TestRow("row \(step)", at: step)
        #expect(table.append(row) == UInt32(model.count + 1), "seed \(seed)")
        model.append(row)
      case 8:
        // Mostly what is new.
        let index = random.chance(8) ? random.below(model.count) : model.count - 1
        let row = TestRow(model[index].text + "!", at: step)
        table[UInt32(index + 1)].text = row.text
        table[UInt32(index + 1)].changedAt = row.changedAt
        (model[index].text, model[index].changedAt) = (row.text, row.changedAt)
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
        #expect(table[links: UInt32(index + 1)] == model[index].links, "seed \(seed)")
      }
      if step % 100 == 0 {
        pack(&table, since: step - 150, limit: 9)
        mostPacked = max(mostPacked, table.packedCount)
        // What is passed over is never as new as what is asked for.
        let time = random.below(step + 1)
        var seen: Set<UInt32> = []
        table.forEach(changedSince: Timestamp(milliseconds: Int64(time))) { counter, row in
          #expect(row == model[Int(counter) - 1], "seed \(seed)")
          seen.insert(counter)
        }
        for (index, row) in model.enumerated() where row.changedAt.milliseconds >= time {
          #expect(seen.contains(UInt32(index + 1)), "seed \(seed)")
        }
        mostPassedOver = max(mostPassedOver, model.count - seen.count)
      }
      if step % 700 == 0 { copies.append((table, model)) }
    }
    #expect(mostPacked > 2 && mostPassedOver > 0, "seed \(seed)")
    for (table, model) in copies + [(table, model)] {
      #expect(rows(table) == model, "seed \(seed)")
      #expect(table.rowBlocks.flatMap(\.self) == model, "seed \(seed)")
      #expect(table.count == UInt32(model.count) && table.nextCounter == table.count + 1)
      #expect(!table.contains(0) && !table.contains(table.count + 1))
      #expect(model.isEmpty || table.contains(1) && table.contains(table.count))
    }
  }

  private func pack(_ table: inout TestTable, since time: Int, limit: Int) {
    var (block, limit): (Int?, Int) = (0, limit)
    while block != nil, limit > 0 {
      table.packResting(
        since: Timestamp(milliseconds: Int64(time)), from: &block, limit: &limit)
    }
  }

  @Test func `only a full block that tells of nothing new is packed`() {
    var table = TestTable()
    for number in 0..<600 { table.append(TestRow("\(number)", at: 1)) }
    table[300] = TestRow("changed later", at: 2)
    pack(&table, since: 1, limit: 9)
    #expect(table.packedCount == 0)
    pack(&table, since: 2, limit: 9)
    #expect(table.packedCount == 1)
    pack(&table, since: 3, limit: 0)
    #expect(table.packedCount == 1)
    pack(&table, since: 3, limit: 9)
    #expect(table.packedCount == 2)
    table[links: 300].next = 7
    #expect(table.packedCount == 2)
    #expect(table[300].text == "changed later" && table[300].links.next == 7)
    table[1].text = "again"
    #expect(table.packedCount == 1)
  }

  @Test(arguments: [0, 1, 255, 256, 257, 1000])
  func `stored blocks are the same whether packed or not, and are taken in`(count: Int) throws {
    var table = TestTable()
    for number in 0..<count { table.append(TestRow("row \(number)")) }
    var stored: [[UInt8]] = []
    table.forEachStoredBlock { stored.append($0) }
    pack(&table, since: 9, limit: 9)
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
    #expect(try restored.restored(ofBlock: 0).rows == rows(table))
    // The lengths stay right, the text is no longer UTF-8.
    let place = try #require(stored.lastIndex(of: UInt8(ascii: "w")))
    stored[place] = 0xFF
    var damaged = TestTable()
    try damaged.append(storedBlock: stored)
    #expect(throws: WireError.self) { _ = try damaged.restored(ofBlock: 0) }
  }

  @Test func `a restored table passes over the same blocks`() throws {
    var table = TestTable()
    for number in 0..<600 { table.append(TestRow("\(number)", at: number / 256 + 2)) }
    var restored = TestTable()
    try table.forEachStoredBlock { try restored.append(storedBlock: $0) }
    func first(since time: Int64) -> UInt32? {
      var first: UInt32?
      restored.forEach(changedSince: Timestamp(milliseconds: time)) { counter, row in
        #expect(row.text == "\(counter - 1)")
        first = first ?? counter
      }
      return first
    }
    // Before they are read, nobody knows how new they are.
    #expect(first(since: 9) == 1)
    for block in restored.blockIndices { _ = try restored.restored(ofBlock: block) }
    #expect(first(since: 2) == 1)
    #expect(first(since: 3) == 257)
    // The last block is not full and so not packed: it is always looked at.
    #expect(first(since: 9) == 513)
  }
}
