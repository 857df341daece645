import TestRandom
import ServiceTesting

/// Changes a frame as programs with faults and hostile ones do: bytes, values and structure.
struct FrameMutator {
  private var chance: Random

  init(seed: UInt64) { chance = Random(seed: seed) }

  mutating func below(_ bound: Int) -> Int { chance.below(bound) }

  /// What numbers, texts and keys are replaced by: ends of types, other kinds, and what bites.
  private static let values = [
    "0", "-1", "1", "2147483648", "-9223372036854775808", "18446744073709551616", "1e999", "1.5",
    "-0", "null", "true", "[]", "{}", "\"\"", "\"-1ms\"", "\"9999999999d\"", "\"prj_10000000\"",
    "\"exe_zzzzzzzzzzzzz\"", "\"\\ud83d\"", "\"\\u0000\"", "\"0001-01-01T00:00:00Z\"",
    "\"9999-12-31T23:59:59.999Z\"", "\"NOT NOT NOT (((\"", "\"*/0 * * * *\"", "\"{{guest.name\"",
    "\"‮+62٨١٢\"",
  ].map { Array($0.utf8) }

  mutating func mutated(_ frame: [UInt8]) -> [UInt8] {
    var frame = frame
    for _ in 0...below(3) { change(&frame) }
    return frame
  }

  private mutating func change(_ frame: inout [UInt8]) {
    guard !frame.isEmpty else { return }
    switch below(8) {
    case 0: frame[below(frame.count)] = UInt8(below(256))
    case 1: frame.remove(at: below(frame.count))
    case 2: frame.insert(UInt8(below(256)), at: below(frame.count + 1))
    case 3:
      let start = below(frame.count)
      let part = frame[start..<min(frame.count, start + 1 + below(40))]
      frame.insert(contentsOf: part, at: below(frame.count + 1))
    case 4:
      let start = below(frame.count)
      frame.removeSubrange(start..<min(frame.count, start + 1 + below(40)))
    case 5:
      let depth = 1 + below(90)
      let place = below(frame.count)
      frame.insert(contentsOf: Array(repeating: UInt8(ascii: "["), count: depth), at: place)
    default: replaceValue(in: &frame)
    }
  }

  /// What stands behind a colon, up to the next comma or bracket outside a text.
  private mutating func replaceValue(in frame: inout [UInt8]) {
    let colons = frame.indices.filter { frame[$0] == UInt8(ascii: ":") }
    guard !colons.isEmpty else { return }
    let start = colons[below(colons.count)] + 1
    var end = start
    var isText = false
    while end < frame.count {
      let byte = frame[end]
      if byte == UInt8(ascii: "\"") { isText.toggle() }
      if !isText, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { break }
      end += 1
    }
    frame.replaceSubrange(start..<end, with: Self.values[below(Self.values.count)])
  }
}
