/// The one number in what a guest typed: "٣", "3️⃣", "2.", "#2", "we are 3", "-10", "2½". It is read
/// exactly or not at all: a text with two numbers, or one that might mean two, has none, and the
/// guest is asked again. Words ("two") are not read: "one" is a pronoun, and no list of them ends.
package struct NumberReading: Equatable, Sendable {
  /// A decimal number: `coefficient` divided by so many tens.
  package private(set) var coefficient: Int64
  package private(set) var scale: Int
  /// Nothing but signs and emoji stands beside it: "2)", "2️⃣", "(2)".
  package let isAlone: Bool

  /// - Parameter language: of the guest; it decides whether "1.000" is a thousand.
  package init?(_ text: String, language: String = "") {
    guard !text.unicodeScalars.contains(where: Self.isRaised) else { return nil }
    let folded = FoldedText(keepingPunctuation: text)
    let scalars = Array(folded.text.unicodeScalars)
    guard let first = NumberToken.next(in: scalars, from: 0) else { return nil }
    var tokens = [first]
    while let more = NumberToken.next(in: scalars, from: tokens[tokens.count - 1].end) {
      tokens.append(more)
    }
    guard let sum = Self.sum(tokens, scalars, Decimals(language: language)),
      let last = tokens.last,
      let sign = Self.sign(before: first.start, in: scalars),
      !Self.isQuestionable(scalars, first.start, last.end)
    else { return nil }
    (coefficient, scale) = (sum.coefficient * sign, sum.scale)
    while scale > 0, coefficient.isMultiple(of: 10) {
      coefficient /= 10
      scale -= 1
    }
    let beside = scalars[..<first.start] + scalars[last.end...]
    isAlone = !beside.contains(where: isLetter)
  }

  package var integer: Int64? { scale == 0 ? coefficient : nil }

  /// "2²" folds to "22", which nobody meant.
  private static func isRaised(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xB2, 0xB3, 0xB9, 0x2070, 0x2074...0x2079, 0x2080...0x2089: true
    default: false
    }
  }

  /// One number, one fraction, or both: "2 1/2".
  private static func sum(
    _ tokens: [NumberToken], _ scalars: [Unicode.Scalar], _ decimals: Decimals
  ) -> (coefficient: Int64, scale: Int)? {
    var tokens = tokens
    var fraction: (coefficient: Int64, scale: Int)?
    if tokens.count >= 2 {
      let (above, below) = (tokens[tokens.count - 2], tokens[tokens.count - 1])
      guard below.start == above.end + 1, scalars[above.end] == "/",
        let part = Self.fraction(above, below)
      else { return nil }
      fraction = part
      tokens.removeLast(2)
      if let whole = tokens.last, whole.end + 1 != above.start || scalars[whole.end] != " " {
        return nil
      }
    }
    guard tokens.count <= 1 else { return nil }
    guard let whole = tokens.first else { return fraction }
    guard let value = decimals.value(of: whole) else { return nil }
    guard let fraction else { return value }
    guard value.scale == 0, value.coefficient < 1_000_000_000 else { return nil }
    return (
      value.coefficient * Int64.powerOfTen(fraction.scale) + fraction.coefficient, fraction.scale
    )
  }

  /// A third has no exact decimals; "4/5" may well be two numbers, but then it is none here either.
  private static func fraction(_ above: NumberToken, _ below: NumberToken) -> (
    coefficient: Int64, scale: Int
  )? {
    guard let top = above.plainValue, let bottom = below.plainValue, top > 0, top < bottom,
      [2, 4, 5, 8, 10].contains(bottom)
    else { return nil }
    return (top * 1000 / bottom, 3)
  }

  /// 1 or -1; nil where a dash may be a sign or a bullet.
  private static func sign(before start: Int, in scalars: [Unicode.Scalar]) -> Int64? {
    let before = scalars[..<start]
    guard let last = before.last else { return 1 }
    if isDash(last) {
      // "A-10" is the name of something; "(-10", "number: -10" and "the -10" are below zero.
      guard let other = before.dropLast().last else { return -1 }
      return isLetter(other) || other == ")" ? 1 : -1
    }
    if last == " ", let dash = before.dropLast().last, isDash(dash) {
      return before.contains(where: isLetter) ? 1 : nil
    }
    let word = String(String.UnicodeScalarView(before)).split(separator: " ").last ?? ""
    return ["minus", "moins", "menos"].contains(word) ? nil : 1
  }

  private static func isDash(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "-" || (0x2010...0x2015).contains(scalar.value)
  }

  /// Not the number itself: per cent, at least, about.
  private static func isQuestionable(_ scalars: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool
  {
    let after = scalars[end...].first { $0 != " " }
    let before = scalars[..<start].last { $0 != " " }
    return after == "%" || after == "+"
      || before.map { "<>~±≈≤≥=".unicodeScalars.contains($0) } == true && before != "="
  }
}

/// A run of digits with single separators inside.
private struct NumberToken {
  let start: Int
  private(set) var end: Int
  private(set) var groups: [[UInt8]] = [[]]
  private(set) var separators: [Unicode.Scalar] = []

  static func next(in scalars: [Unicode.Scalar], from place: Int) -> NumberToken? {
    guard var start = scalars[place...].firstIndex(where: isDigit) else { return nil }
    // ".5"
    if start > place, Decimals.isPoint(scalars[start - 1]),
      start - 1 == 0 || scalars[start - 2] == " "
        || "+-(".unicodeScalars.contains(scalars[start - 2])
    {
      start -= 1
    }
    var token = NumberToken(start: start, end: start)
    while token.end < scalars.count {
      let scalar = scalars[token.end]
      if isDigit(scalar) {
        token.groups[token.groups.count - 1].append(UInt8(scalar.value - 0x30))
      } else if Decimals.isPoint(scalar) || scalar == "'", token.end + 1 < scalars.count,
        isDigit(scalars[token.end + 1])
      {
        token.separators.append(scalar)
        token.groups.append([])
      } else {
        break
      }
      token.end += 1
    }
    return token
  }

  var plainValue: Int64? { groups.count == 1 ? Int64(digits: groups[0]) : nil }
}

/// How a language writes decimals.
private struct Decimals {
  /// Nil where the language is not known.
  private let point: Unicode.Scalar?

  private static let withComma: Set<String> = [
    "af", "az", "be", "bg", "bs", "ca", "cs", "da", "de", "el", "es", "et", "eu", "fi", "fr", "gl",
    "hr", "hu", "hy", "id", "is", "it", "ka", "kk", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl",
    "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk", "uz", "vi",
  ]

  init(language: String) {
    let key = languageKey(language)
    switch key {
    case "": point = nil
    case "es_mx", "es_us", "es_419", "de_ch", "it_ch": point = "."
    default: point = Self.withComma.contains(String(key.prefix { $0 != "_" })) ? "," : "."
    }
  }

  /// Also the signs of Arabic.
  static func isPoint(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "." || scalar == "," || scalar == "\u{66B}" || scalar == "\u{66C}"
  }

  func value(of token: NumberToken) -> (coefficient: Int64, scale: Int)? {
    guard let last = token.separators.last else {
      return Int64(digits: token.groups[0]).map { ($0, 0) }
    }
    guard isDecimal(last, token) ?? false else {
      guard isDecimal(last, token) == false, isGrouped(token.groups) else { return nil }
      return Int64(digits: token.groups.flatMap { $0 }).map { ($0, 0) }
    }
    let (whole, part) = (token.groups.dropLast(), token.groups[token.groups.count - 1])
    guard part.count <= 9, whole.count == 1 || isGrouped(Array(whole)) else { return nil }
    return Int64(digits: whole.flatMap { $0 } + part).map { ($0, part.count) }
  }

  /// Nil where it might be either.
  private func isDecimal(_ last: Unicode.Scalar, _ token: NumberToken) -> Bool? {
    if last == "\u{66B}" { return true }
    if last == "\u{66C}" || last == "'" { return false }
    let others = token.separators.dropLast()
    if !others.isEmpty {
      return others.contains(last) ? others.allSatisfy { $0 == last } ? false : nil : true
    }
    let head = token.groups[0]
    guard token.groups[1].count == 3, (1...3).contains(head.count), head[0] != 0 else {
      return true
    }
    // "1.000": a thousand in Jakarta, and in New York who knows.
    return point == nil || point == last ? nil : false
  }

  /// By thousands; or as in India, 1,00,000.
  private func isGrouped(_ groups: [[UInt8]]) -> Bool {
    guard groups.count > 1, (1...3).contains(groups[0].count), groups[groups.count - 1].count == 3
    else { return false }
    let middle = groups.dropFirst().dropLast()
    return middle.allSatisfy { $0.count == 3 }
      || groups[0].count < 3 && middle.allSatisfy { $0.count == 2 }
  }
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  let data = FoldData.shared
  switch data.kind(data.entry(of: scalar.value)) {
  case .letter, .plain, .mark, .jamo: return true
  default: return false
  }
}

extension Int64 {
  /// Nil where there are too many.
  fileprivate init?(digits: [UInt8]) {
    var value: Int64 = 0
    for digit in digits {
      let (tens, isOver) = value.multipliedReportingOverflow(by: 10)
      let (sum, isAlsoOver) = tens.addingReportingOverflow(Int64(digit))
      if isOver || isAlsoOver { return nil }
      value = sum
    }
    self = value
  }

  fileprivate static func powerOfTen(_ exponent: Int) -> Int64 {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

/// The place of the choice that a number means: "2", "2.", "2)", "(2)", "#2", "2️⃣", "٢". Where titles
/// have numbers, as "2 people" and "4 people", only a title's own number means it.
package func choicePlace(_ text: String, of titles: [String]) -> Int? {
  guard let reading = NumberReading(text), reading.isAlone, let number = reading.integer else {
    return nil
  }
  let folded = titles.map { FoldedText(keepingPunctuation: $0).text }
  guard folded.contains(where: { $0.unicodeScalars.contains(where: isDigit) }) else {
    return number >= 1 && number <= Int64(titles.count) ? Int(number) - 1 : nil
  }
  let meant = titles.indices.filter { NumberReading(titles[$0])?.integer == number }
  return meant.count == 1 ? meant[0] : nil
}
