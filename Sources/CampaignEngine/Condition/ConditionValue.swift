/// A text that others are compared with, case and accents aside; it was folded once.
struct TextNeedle: Sendable {
  private let text: String
  private let folded: FoldedText

  init(_ text: String) {
    self.text = text
    folded = FoldedText(keepingPunctuation: text)
  }

  var isEmpty: Bool { folded.isEmpty }

  func equals(_ other: String) -> Bool {
    other == text || FoldedText(keepingPunctuation: other) == folded
  }

  func isPart(of other: String) -> Bool { FoldedText(keepingPunctuation: other).contains(folded) }

  func isPart(of other: FoldedText) -> Bool { other.contains(folded) }
}

/// A time as a condition writes it.
enum TimeLiteral: Sendable {
  /// The whole day, in the project's zone.
  case day(CivilDate)
  case instant(Timestamp)
  /// From the moment at which the condition is asked.
  case relative(TimeSpan)

  static let expected =
    "a day such as 2026-12-12, a time such as 2026-12-12T09:30:00Z, or a span from now such as -7d"

  init?(_ text: String) {
    if let date = CivilDate(text: text) {
      self = .day(date)
    } else if let time = Timestamp(wireText: text) {
      self = .instant(time)
    } else if let span = Self.span(text) {
      self = .relative(span)
    } else {
      return nil
    }
  }

  /// A span has a sign: `7d` might mean either.
  private static func span(_ text: String) -> TimeSpan? {
    guard text.hasPrefix("-") || text.hasPrefix("+"), let first = text.utf8.dropFirst().first,
      (0x30...0x39).contains(first)
    else { return nil }
    return TimeSpan(wireText: text.hasPrefix("+") ? String(text.dropFirst()) : text)
  }

  var isRelative: Bool { if case .relative = self { true } else { false } }

  /// First and last millisecond. The zone is looked up when the condition is asked: its rules are
  /// part of the state, and may be corrected.
  func milliseconds(zone: String, in state: State) -> (first: Int64, last: Int64) {
    switch self {
    case .instant(let time): return (time.milliseconds, time.milliseconds)
    case .relative(let span):
      let time = state.now + span
      return (time.milliseconds, time.milliseconds)
    case .day(let date):
      let rules = state.zone(named: zone) ?? .utc
      let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
      return (
        rules.instant(of: date, millisecondOfDay: 0).milliseconds,
        rules.instant(of: next, millisecondOfDay: 0).milliseconds - 1
      )
    }
  }

  /// The day that it falls on, counted from 1970.
  func day(zone: String, in state: State) -> Int64 {
    let time: Timestamp
    switch self {
    case .day(let date): return date.daysSinceEpoch
    case .instant(let instant): time = instant
    case .relative(let span): time = state.now + span
    }
    return (state.zone(named: zone) ?? .utc).local(time).date.daysSinceEpoch
  }
}

/// Digits of a number as people write a part of it, national or not.
struct PhonePart: Sendable {
  private let digits: String
  /// The same with the calling code in place of what is dialled before a number at home.
  private let completed: [String]

  init(_ text: String, callingCode: String) {
    digits = text.unicodeScalars.reduce(into: "") { digits, scalar in
      guard scalar.properties.numericType == .decimal, let value = scalar.properties.numericValue
      else { return }
      digits += String(Int(value))
    }
    let home = NumberingPlan.of(callingCode: callingCode)
    let written = digits
    completed = (home?.trunkTexts ?? [])
      .filter { written.hasPrefix($0) && written != $0 }
      .map { callingCode + written.dropFirst($0.count) }
  }

  var count: Int { digits.utf8.count }
  var isEmpty: Bool { digits.isEmpty }

  func stands(in phone: Phone) -> Bool {
    let whole = phone.digits.utf8
    return whole.contains(digits.utf8) || completed.contains { whole.contains($0.utf8) }
  }
}

/// What a bare word, or a filter's `search`, looks for: in name and external id whatever the case,
/// accents and punctuation, and in the phone number where it could be one.
struct GuestSearch: Sendable {
  private let words: FoldedText
  private let digits: PhonePart?

  init(_ text: String, callingCode: String) {
    words = FoldedText(text)
    let isPhone = text.unicodeScalars.allSatisfy { scalar in
      if digitValue(of: scalar) != nil { return true }
      return switch scalar {
      case "0"..."9", "+", "-", " ", "(", ")", ".", "/": true
      default: false
      }
    }
    let part = PhonePart(isPhone ? text : "", callingCode: callingCode)
    digits = part.count >= 3 ? part : nil
  }

  /// Nothing to look for; nobody is found.
  var isEmpty: Bool { words.isEmpty && digits == nil }

  func finds(_ guest: Guest) -> Bool {
    if let digits, digits.stands(in: guest.phone) { return true }
    guard !words.isEmpty else { return false }
    return FoldedText(guest.name).contains(words)
      || !guest.externalID.isEmpty && FoldedText(guest.externalID).contains(words)
  }
}
