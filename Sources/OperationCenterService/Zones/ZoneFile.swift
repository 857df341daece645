import CampaignEngine

/// A compiled time zone (RFC 8536): the moments at which the clocks were or will be changed, and a rule
/// for all that come later. Only the block with 64-bit times is read, so version 2 and newer.
struct ZoneFile {
  /// No zone needs more than 4 KB today.
  static let longest = 1 << 20

  private var transitions: [ZoneRules.Transition] = []
  private var firstOffset: Int64 = 0
  private var rule: ZoneRule?

  /// Nil where the bytes are no such file.
  init?(_ bytes: [UInt8]) {
    var cursor = Cursor(bytes: bytes)
    guard let old = Counts(&cursor), old.version >= UInt8(ascii: "2"),
      cursor.skip(old.length(timeSize: 4)), let counts = Counts(&cursor),
      readTransitions(counts, &cursor)
    else { return nil }
    guard let footer = cursor.line() else { return nil }
    guard !footer.isEmpty else { return }
    guard let rule = ZoneRule(footer) else { return nil }
    self.rule = rule
  }

  private mutating func readTransitions(_ counts: Counts, _ cursor: inout Cursor) -> Bool {
    guard counts.types > 0, counts.length(timeSize: 8) <= cursor.remaining else { return false }
    let times = (0..<counts.times).map { _ in cursor.integer(bytes: 8) }
    let kinds = (0..<counts.times).map { _ in Int(cursor.integer(bytes: 1)) }
    let offsets = (0..<counts.types).map { _ in
      let offset = Int64(Int32(truncatingIfNeeded: cursor.integer(bytes: 4)))
      _ = cursor.skip(2)
      return offset
    }
    guard kinds.allSatisfy(offsets.indices.contains), zip(times, times.dropFirst()).allSatisfy(<)
    else { return false }
    // The type before the first transition is the first one, as the RFC says.
    firstOffset = offsets[0]
    for (time, kind) in zip(times, kinds) { append(time, offset: offsets[kind]) }
    return cursor.skip(counts.lengthAfterTypes(timeSize: 8))
  }

  /// What changes the name of the time only is no change here.
  private mutating func append(_ time: Int64, offset: Int64) {
    guard offset != (transitions.last?.offsetSeconds ?? firstOffset) else { return }
    transitions.append(ZoneRules.Transition(atSeconds: time, offsetSeconds: offset))
  }

  func offsetSeconds(at second: Int64) -> Int64 {
    if let last = transitions.last, second >= last.atSeconds, let rule {
      return rule.offsetSeconds(at: second)
    }
    return transitions.last { $0.atSeconds <= second }?.offsetSeconds
      ?? (transitions.isEmpty ? rule?.offsetSeconds(at: second) : nil) ?? firstOffset
  }

  /// Those in between, both ends left out.
  func transitions(after start: Int64, before end: Int64) -> [ZoneRules.Transition] {
    let lastInFile = transitions.last?.atSeconds ?? Int64.min
    let ofTheRule = rule?.transitions(after: max(start, lastInFile), before: end) ?? []
    let ofTheFile = transitions.filter { $0.atSeconds > start && $0.atSeconds < end }
    return ofTheFile + ofTheRule
  }
}

/// The header before each of the two blocks.
private struct Counts {
  let version: UInt8
  let universal: Int, standard: Int, leaps: Int, times: Int, types: Int, characters: Int

  init?(_ cursor: inout Cursor) {
    guard cursor.remaining >= 44, cursor.take(4) == Array("TZif".utf8) else { return nil }
    version = UInt8(truncatingIfNeeded: cursor.integer(bytes: 1))
    _ = cursor.skip(15)
    func count() -> Int { Int(cursor.integer(bytes: 4)) }
    (universal, standard, leaps) = (count(), count(), count())
    (times, types, characters) = (count(), count(), count())
  }

  // Each count is below 2^32, so that none of the sums comes near an overflow.
  func length(timeSize: Int) -> Int {
    times * (timeSize + 1) + types * 6 + lengthAfterTypes(timeSize: timeSize)
  }

  func lengthAfterTypes(timeSize: Int) -> Int {
    characters + leaps * (timeSize + 4) + standard + universal
  }
}

private struct Cursor {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var remaining: Int { bytes.count - position }

  mutating func skip(_ count: Int) -> Bool {
    guard count <= remaining else { return false }
    position += count
    return true
  }

  mutating func take(_ count: Int) -> [UInt8] {
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  /// Most significant byte first; the caller has looked that they are there.
  mutating func integer(bytes count: Int) -> Int64 {
    take(count).reduce(0) { $0 << 8 | Int64($1) }
  }

  /// Between two line feeds.
  mutating func line() -> ArraySlice<UInt8>? {
    guard remaining > 0, bytes[position] == UInt8(ascii: "\n"),
      let end = bytes[(position + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    return bytes[position + 1..<end]
  }
}
