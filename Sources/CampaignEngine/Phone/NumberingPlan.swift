/// How the numbers behind one calling code are written: a line of `NumberingPlan+Table.swift`.
///
/// The table ages. A number it does not know is therefore still read where its length and the way
/// it is written leave no doubt; the ranges decide only between readings.
package struct NumberingPlan: Sendable {
  let code: PhoneDigits
  /// What is dialled before a national number at home: 0 nearly everywhere, 8 in Russia.
  let trunks: [Prefix]
  /// What is dialled at home before a calling code, besides the 00 that everybody understands.
  let exits: [Prefix]
  /// At home people write numbers without a trunk prefix, so that one without is nothing odd.
  let isBareUsual: Bool
  /// Whether a number can begin with 0, as Italian landlines do.
  let hasLeadingZeros: Bool
  /// The lengths of all ranges, a bit each.
  let lengths: UInt32
  private let ranges: [Range]

  enum Fit {
    case none, line, mobile
    /// Written so behind the calling code only.
    case abroad
  }

  struct Prefix {
    let low: UInt64
    let high: UInt64
    let count: Int

    func begins(_ digits: PhoneDigits) -> Bool {
      digits.count > count && (low...high).contains(digits.leading(count))
    }
  }

  /// Numbers that begin alike. The bounds are four digits long, whatever the table says.
  struct Range {
    var low: UInt16
    var high: UInt16
    var lengths: UInt32
    var fit: Fit
    /// What the digit behind the leading ones can be, and what it is a multiple of among the four.
    var next: ClosedRange<UInt16> = 0...9
    var place: UInt16 = 1
  }

  init(
    code: PhoneDigits, trunks: [Prefix], exits: [Prefix], isBareUsual: Bool, ranges: [Range]
  ) {
    let hasLeadingZeros = ranges.contains { $0.low < 1000 && $0.high < 1000 }
    let zero = Prefix(low: 0, high: 0, count: 1)
    let writesZero = trunks.contains { $0.count == 1 && $0.low == 0 }
    self.code = code
    // "+45 (0)20…" is written even where there is no trunk prefix.
    self.trunks = hasLeadingZeros || writesZero ? trunks : trunks + [zero]
    self.exits = exits
    self.isBareUsual = isBareUsual
    self.hasLeadingZeros = hasLeadingZeros
    self.ranges = ranges
    lengths = ranges.reduce(0) { $0 | $1.lengths }
  }

  /// Trunk prefixes as they are written, those of carriers left out.
  var trunkTexts: [String] {
    trunks.filter { $0.low == $0.high }.map { trunk in
      let digits = String(trunk.low)
      return String(repeating: "0", count: trunk.count - digits.utf8.count) + digits
    }
  }

  func permits(_ length: Int) -> Bool { length < 32 && lengths & (1 << length) != 0 }

  func fit(_ national: PhoneDigits) -> Fit {
    guard permits(national.count) else { return .none }
    let (length, head) = (UInt32(1) << national.count, UInt16(national.leading(4)))
    var found = Fit.none
    for range in ranges
    where head >= range.low && head <= range.high && range.lengths & length != 0
      && range.next.contains(head / range.place % 10)
    {
      if range.fit != .line { return range.fit }
      found = .line
    }
    return found
  }

  /// A national number as people write it: as it is, or behind a trunk prefix.
  func national(_ written: PhoneDigits, isAbroad: Bool) -> (digits: PhoneDigits, fit: Fit)? {
    let fit = fit(written)
    if isAbroad || fit != .abroad, fit != .none { return (written, fit) }
    for trunk in trunks where trunk.begins(written) {
      let rest = written.dropping(trunk.count)
      let fit = self.fit(rest)
      if fit != .none { return (rest, fit) }
      if let mobile = argentineMobile(rest) { return (mobile, .mobile) }
    }
    if isAbroad, hasLeadingZeros, written.leading(1) == 0 {
      let rest = written.dropping(1)
      let fit = self.fit(rest)
      if fit != .none { return (rest, fit) }
    }
    return argentineMobile(written).map { ($0, .mobile) }
  }

  /// At home Argentina writes 15 between area and number for the 9 before the area abroad. The area
  /// is 11, or has three digits or four.
  private func argentineMobile(_ written: PhoneDigits) -> PhoneDigits? {
    guard code == PhoneDigits(54, 2), written.count == 12 else { return nil }
    for area in 2...4 where written.dropping(area).leading(2) == 15 {
      if area == 2, written.leading(2) != 11 { continue }
      let head = PhoneDigits(written.leading(area), area)
      let mobile = written.dropping(area + 2).following(head).following(PhoneDigits(9, 1))
      if fit(mobile) == .mobile { return mobile }
    }
    return nil
  }
}

extension NumberingPlan {
  /// The plan of a calling code such as "62"; nil of a code that no country has.
  package static func of(callingCode: String) -> NumberingPlan? {
    var digits = PhoneDigits()
    for byte in callingCode.utf8 {
      guard byte >= 0x30, byte <= 0x39, digits.count < 3 else { return nil }
      digits.append(UInt64(byte & 0xF))
    }
    return beginning(digits).flatMap { $0.code == digits ? $0 : nil }
  }

  /// The plan whose code these digits begin with. No calling code begins with another.
  static func beginning(_ digits: PhoneDigits) -> NumberingPlan? {
    for length in 1...3 where digits.count >= length {
      let place = Int(places[Int(digits.leading(length))])
      if place >= 0, all[place].code.count == length { return all[place] }
    }
    return nil
  }

  package static let all: [NumberingPlan] = table.split(separator: "\n").map(Self.init(line:))

  /// Where in `all` the plan of each calling code is; -1 of a code that no country has.
  private static let places: [Int16] = {
    var places = [Int16](repeating: -1, count: 1000)
    for (place, plan) in all.enumerated() { places[Int(plan.code.value)] = Int16(place) }
    return places
  }()
}
