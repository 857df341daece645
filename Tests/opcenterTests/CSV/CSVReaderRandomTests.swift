import TestRandom
import ServiceTesting
import Testing

@testable import opcenter

struct CSVReaderRandomTests {
  private static let alphabet: [[UInt8]] = [
    [0x22], [0x22], [0x22, 0x22], [0x2C], [0x2C], [0x0A], [0x0D], [0x0D, 0x0A], [0x20], [0x61],
    [0x62, 0x63], [0xC3, 0xA9], [0xE0], [0xFF], [0x00], [0xEF, 0xBB, 0xBF], [0x3B],
  ]

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `no bytes stop the reader and its lines rise to the end`(seed: UInt64) {
    var numbers = Random(seed: seed)
    let limits = CSVLimits(
      maximumFieldBytes: .random(in: 0...12, using: &numbers),
      maximumRecordBytes: .random(in: 1...40, using: &numbers))
    for _ in 0..<100 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...60, using: &numbers) {
        bytes += Self.alphabet.randomElement(using: &numbers) ?? []
      }
      var line = 0
      var count = 0
      for element in CSVReader(bytes, limits: limits) {
        switch element {
        case .success(let record):
          #expect(record.line > line, "seed \(seed), bytes \(bytes)")
          line = record.line
          #expect(record.texts.allSatisfy { !$0.contains("\u{FFFD}") }, "seed \(seed)")
        case .failure(let fault):
          #expect(fault.line > line, "seed \(seed), bytes \(bytes)")
          line = fault.line
        }
        count += 1
        guard count <= bytes.count else { break }
      }
      #expect(count <= bytes.count, "seed \(seed), bytes \(bytes)")
      if let rows = try? GuestRows(Array("name,phone\n".utf8) + bytes) {
        for _ in rows {}
      }
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `what is written by the rules is read back`(seed: UInt64) {
    var numbers = Random(seed: seed)
    let pieces = ["\"", ",", "\n", "\r\n", "\r", "a", " ", "é", "नि", "😀", ";", "\t", "\u{0}"]
    let columns = Int.random(in: 1...5, using: &numbers)
    let lineBreak = ["\n", "\r\n", "\r"].randomElement(using: &numbers) ?? "\n"
    var records: [[String]] = []
    let separator = CSVReader.separators.randomElement(using: &numbers) ?? CSVReader.comma
    var text = ""
    for _ in 0..<50 {
      let record = (0..<columns).map { _ in
        (0..<Int.random(in: 0...6, using: &numbers))
          .map { _ in pieces.randomElement(using: &numbers) ?? "" }.joined()
      }
      records.append(record)
      text +=
        record.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }
        .joined(separator: String(Unicode.Scalar(separator))) + lineBreak
    }
    let read = CSVReader(Array(text.utf8), separator: separator).map { try? $0.get().texts }
    #expect(read == records, "seed \(seed)")
  }

  @Test(arguments: [
    ("\"\n", 500, 0), ("\"a\n", 0, 1_000), ("\"\"a\n", 0, 1_000), ("\"\"\"a\n", 0, 1_000),
    (",\"\"\"\n", 500, 0), ("\",\n", 500, 0), ("a,\"\n", 500, 0), ("\"\"\n", 1_000, 0),
  ])
  func `a thousand lines of stray quotes are each read or refused once`(
    line: String, records: Int, faults: Int
  ) {
    let bytes = Array(String(repeating: line, count: 1_000).utf8)
    let results = CSVReader(bytes).map { (try? $0.get()) != nil }
    #expect(results.count { $0 } == records)
    #expect(results.count { !$0 } == faults)
  }
}
