/// The tables of the fold, read once and kept as pages: two steps from a scalar to its entry.
final class FoldData: Sendable {
  /// How a scalar is treated that nothing replaces. The script that writes the tables has the same
  /// enum in the same order.
  enum Class: UInt16 {
    case letter, plain, mark, accent, dropped, space, punctuation, apostrophe, symbol, flag, jamo
    case joiner, gender

    var isSymbol: Bool { self == .symbol || self == .flag || self == .gender }
  }

  static let shared = FoldData(FoldReader())

  fileprivate static let pageSize: UInt32 = 128
  /// Entries from here on are places in `texts`.
  fileprivate static let firstText: UInt16 = 16

  private let pages: [UInt16]
  private let entries: [UInt16]
  /// What scalars become: a count, and so many scalars.
  private let texts: [UInt32]
  private let orders: [(first: UInt32, count: UInt32, order: UInt8)]
  private let compositions: [UInt64: UInt32]

  private init(_ reader: FoldReader) {
    (pages, entries, texts) = (reader.pages, reader.entries, reader.texts)
    (orders, compositions) = (reader.orders, reader.compositions)
  }

  // MARK: Looking up

  @inline(__always)
  func entry(of scalar: UInt32) -> UInt16 {
    let page = Int(pages[Int(scalar / Self.pageSize)])
    return entries[page * Int(Self.pageSize) + Int(scalar % Self.pageSize)]
  }

  @inline(__always)
  func replacement(_ entry: UInt16) -> ArraySlice<UInt32>? {
    guard entry >= Self.firstText else { return nil }
    let place = Int(entry - Self.firstText)
    return texts[(place + 1)..<(place + 1 + Int(texts[place]))]
  }

  @inline(__always)
  func kind(_ entry: UInt16) -> Class { Class(rawValue: entry) ?? .letter }

  /// Canonical combining class of a mark that stays.
  func order(of scalar: UInt32) -> UInt8 {
    switch kind(entry(of: scalar)) {
    case .mark, .accent: break
    default: return 0
    }
    var (low, high) = (0, orders.count)
    while low < high {
      let middle = (low + high) / 2
      if orders[middle].first + orders[middle].count <= scalar {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < orders.count && orders[low].first <= scalar ? orders[low].order : 0
  }

  func composition(_ first: UInt32, _ second: UInt32) -> UInt32? {
    Self.syllable(first, second) ?? compositions[UInt64(first) << 32 | UInt64(second)]
  }

  /// Hangul syllables compose by rule: 21 vowels, and 28 endings of which the first is none.
  private static func syllable(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (0x1100..<0x1113).contains(first), (0x1161..<0x1176).contains(second) {
      return 0xAC00 + ((first - 0x1100) * 21 + second - 0x1161) * 28
    }
    if (0xAC00..<0xD7A4).contains(first), (first - 0xAC00).isMultiple(of: 28),
      (0x11A8..<0x11C3).contains(second)
    {
      return first + second - 0x11A7
    }
    return nil
  }
}

/// Reads the tables.
private struct FoldReader {
  private(set) var pages = [UInt16](repeating: 0, count: 0x11_0000 / Int(FoldData.pageSize))
  /// The first page is for all scalars that stay and whose marks are letters.
  private(set) var entries = [UInt16](repeating: 0, count: Int(FoldData.pageSize))
  private(set) var texts: [UInt32] = []
  private(set) var orders: [(first: UInt32, count: UInt32, order: UInt8)] = []
  private(set) var compositions: [UInt64: UInt32] = [:]

  init() {
    readMappings()
    readClasses()
    readOrders()
    readPairs()
  }

  private func isReplaced(_ scalar: UInt32) -> Bool {
    let page = Int(pages[Int(scalar / FoldData.pageSize)])
    return entries[page * Int(FoldData.pageSize) + Int(scalar % FoldData.pageSize)]
      >= FoldData.firstText
  }

  private mutating func set(_ scalar: UInt32, to entry: UInt16) {
    let page = Int(scalar / FoldData.pageSize)
    if pages[page] == 0 {
      pages[page] = UInt16(entries.count / Int(FoldData.pageSize))
      entries.append(contentsOf: repeatElement(0, count: Int(FoldData.pageSize)))
    }
    entries[Int(pages[page]) * Int(FoldData.pageSize) + Int(scalar % FoldData.pageSize)] = entry
  }

  private mutating func add(_ text: [UInt32]) -> UInt16 {
    let place = UInt16(texts.count) + FoldData.firstText
    texts.append(UInt32(text.count))
    texts += text
    return place
  }

  private mutating func readMappings() {
    // Runs of one source step, and what their targets step by; number 0 is a run of one.
    let steps: [(source: UInt32, target: UInt32)] = [
      (1, 0), (1, 0), (1, 1), (2, 2), (2, 0), (2, 1), (1, 2),
    ]
    // Many scalars become the same one, an "a" say; it is kept once.
    var places: [UInt32: UInt16] = [:]
    func place(of target: UInt32, in reader: inout FoldReader) -> UInt16 {
      if let known = places[target] { return known }
      let place = reader.add([target])
      places[target] = place
      return place
    }
    var numbers = NumberText(FoldTables.mappings)
    var (source, target): (UInt32, UInt32) = (0, 0)
    for _ in 0..<numbers.next() {
      let head = numbers.next()
      let (gap, kind) = head.quotientAndRemainder(dividingBy: 7)
      source += gap
      let count = kind == 0 ? 1 : numbers.next()
      target = numbers.next(from: target)
      let step = steps[Int(kind)]
      for index in 0..<count {
        let entry = place(of: target + index * step.target, in: &self)
        set(source + index * step.source, to: entry)
      }
      source += (count - 1) * step.source + 1
    }
    (source, target) = (0, 0)
    for _ in 0..<numbers.next() {
      source += numbers.next()
      var text: [UInt32] = []
      for _ in 0..<numbers.next() {
        target = numbers.next(from: target)
        text.append(target)
      }
      set(source, to: add(text))
      source += 1
    }
    for zero in FoldTables.zeros where zero != 0x30 {
      for digit in 0..<UInt32(10) { set(zero + digit, to: place(of: 0x30 + digit, in: &self)) }
    }
  }

  private mutating func readClasses() {
    var numbers = NumberText(FoldTables.classes)
    var scalar: UInt32 = 0
    for _ in 0..<numbers.next() {
      scalar += numbers.next()
      let (more, kind) = numbers.next().quotientAndRemainder(dividingBy: 13)
      // A range passes over the scalars that are replaced.
      for one in scalar...(scalar + more) where !isReplaced(one) {
        set(one, to: UInt16(kind))
      }
      scalar += more + 1
    }
  }

  private mutating func readOrders() {
    var numbers = NumberText(FoldTables.orders)
    var scalar: UInt32 = 0
    for _ in 0..<numbers.next() {
      scalar += numbers.next()
      let (more, order) = numbers.next().quotientAndRemainder(dividingBy: 256)
      orders.append((first: scalar, count: more + 1, order: UInt8(truncatingIfNeeded: order)))
      scalar += more + 1
    }
  }

  private mutating func readPairs() {
    var numbers = NumberText(FoldTables.pairs)
    var first: UInt32 = 0
    for _ in 0..<numbers.next() {
      first += numbers.next()
      let second = numbers.next(from: first)
      compositions[UInt64(first) << 32 | UInt64(second)] = numbers.next(from: first)
    }
  }
}

/// Numbers written in signs of ASCII: a sign below 60 ends a number, one above goes on by 31.
private struct NumberText {
  private var rest: UnsafeBufferPointer<UInt8>.SubSequence

  init(_ text: StaticString) {
    rest = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)[...]
  }

  mutating func next() -> UInt32 {
    var (value, factor): (UInt32, UInt32) = (0, 1)
    while let byte = rest.popFirst() {
      guard byte != 0x0A else { continue }
      let sign = UInt32(byte) - 0x24
      if sign < 60 { return value + sign * factor }
      // The writer took 60 off before it divided, so that no number has two spellings.
      value += sign * factor
      factor *= 31
    }
    return value
  }

  mutating func next(from last: UInt32) -> UInt32 {
    let value = next()
    return value.isMultiple(of: 2) ? last + value / 2 : last - (value + 1) / 2
  }
}
