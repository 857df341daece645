/// The digits of a text, without what people and programs write around them.
struct PhoneText {
  private(set) var digits = PhoneDigits()
  private(set) var isInternational = false
  /// How many digits come before a bracketed zero, as in "+44 (0)7700".
  private(set) var bracketedZero: Int?
  private(set) var refusal: PhoneReading.Refusal?

  /// PhoneDigits since the last separator, and those before a point or comma: 6281230000105.0 is how a
  /// spreadsheet writes a number.
  private var run = 0
  private var decimal: (at: Int, isComma: Bool, isWhole: Bool)?
  private var bracket: Int?
  private var hasEnded = false

  init(_ text: String) {
    var scalars = text.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      switch scalar {
      case "0"..."9": add(UInt64(scalar.value & 0xF))
      case " ", "-", "/", "~", "\t", "[", "]": run = 0
      case "+" where digits.count == 0 && !isInternational: isInternational = true
      case "(": open()
      case ")": close()
      case ".", ",": point(isComma: scalar == ",")
      case "\n", "\r": hasEnded = digits.count > 0
      // A spreadsheet is told so that what follows is text.
      case "'" where digits.count == 0: continue
      case "t" where digits.count == 0, "T" where digits.count == 0:
        if !isScheme(&scalars) { refusal = .characters }
      case let scalar where scalar.isASCII:
        refusal = digits.count > 4 && isExtension(scalar, &scalars) ? .extension : .characters
      default: addForeign(scalar)
      }
      if refusal != nil { return }
    }
    finish()
  }

  private mutating func add(_ digit: UInt64) {
    // Two numbers in one cell, a line each, are not one number.
    if hasEnded { refusal = .characters }
    digits.append(digit)
    run += 1
  }

  private mutating func open() {
    run = 0
    bracket = digits.count
  }

  private mutating func close() {
    run = 0
    if let bracket, digits.count == bracket + 1, digits.count <= PhoneDigits.limit,
      digits.value % 10 == 0
    {
      bracketedZero = bracket
    }
    bracket = nil
  }

  private mutating func point(isComma: Bool) {
    if decimal == nil, run >= 7 || run >= 4 && run == digits.count {
      decimal = (digits.count, isComma, isWhole: run == digits.count)
    } else if isComma {
      refusal = .characters
    }
    run = 0
  }

  private mutating func finish() {
    guard let decimal, digits.count <= PhoneDigits.limit else { return }
    let fraction = digits.count - decimal.at
    if fraction <= 2, fraction == run, digits.dropping(decimal.at).value == 0 {
      digits.removeLast(fraction)
    } else if decimal.isComma || decimal.isWhole && decimal.at >= 10 && fraction <= 2 {
      // A whole number and a fraction: no spelling of a telephone number ends like this.
      refusal = .characters
    }
  }

  /// PhoneDigits of all scripts are read; direction marks and other characters without a shape, which
  /// come along when a number is copied, are taken off.
  private mutating func addForeign(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{FF0B}", "\u{FE62}":
      if digits.count > 0 || isInternational {
        refusal = .characters
      } else {
        isInternational = true
      }
    case "\u{FF08}": open()
    case "\u{FF09}": close()
    // Minus, middle dot, fullwidth point and stroke and wave, and the long vowel that stands for a
    // hyphen in Japan.
    case "\u{2212}", "\u{B7}", "\u{FF0E}", "\u{FF0F}", "\u{FF5E}", "\u{301C}", "\u{30FC}": run = 0
    case "\u{2800}": run = 0
    case "\u{2018}", "\u{2019}": if digits.count > 0 { refusal = .characters }
    // The parts of a keycap around its digit.
    case "\u{FE00}"..."\u{FE0F}", "\u{20E3}": return
    default:
      let properties = scalar.properties
      if properties.numericType == .decimal, let value = properties.numericValue {
        return add(UInt64(value))
      }
      if properties.isDefaultIgnorableCodePoint { return }
      switch properties.generalCategory {
      case .format: return
      case .spaceSeparator, .dashPunctuation: run = 0
      case .lineSeparator, .paragraphSeparator, .control: hasEnded = digits.count > 0
      default: refusal = .characters
      }
    }
  }

  /// The rest of `tel:`.
  private func isScheme(_ scalars: inout String.UnicodeScalarView.Iterator) -> Bool {
    guard !isInternational, let e = scalars.next(), let l = scalars.next(), let end = scalars.next()
    else { return false }
    return (e == "e" || e == "E") && (l == "l" || l == "L") && (end == ":" || end == ".")
  }

  /// "x12", "ext. 12", ";ext=12" and "#12".
  private func isExtension(
    _ first: Unicode.Scalar, _ scalars: inout String.UnicodeScalarView.Iterator
  ) -> Bool {
    switch first {
    case "x", "X", "#": return true
    case ";": return scalars.next() == "e" && scalars.next() == "x"
    case "e", "E":
      let next = scalars.next()
      return next == "x" || next == "X"
    default: return false
    }
  }
}
