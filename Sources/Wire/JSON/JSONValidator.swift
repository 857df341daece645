/// Checks one whole text against RFC 8259: grammar, UTF-8 and nesting, in one pass and without
/// recursion. Stricter than the grammar in one point: an escaped surrogate must have its partner,
/// since what it stands for could not be written back as UTF-8.
struct JSONValidator {
  let bytes: UnsafeBufferPointer<UInt8>
  var index = 0
  private let maximumDepth: Int
  private var depth = 0
  /// One bit for each open container, the innermost lowest: 1 is an object, 0 an array.
  private var openObjects: UInt64 = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
    self.bytes = bytes
    self.maximumDepth = min(maximumDepth, UInt64.bitWidth)
  }

  mutating func checkWholeText() throws(WireError) {
    skipWhitespace()
    repeat {
      try checkValueOrOpening()
    } while try goesOnToValue()
    skipWhitespace()
    guard index == bytes.count else { throw expected("the end of the text") }
  }

  /// Passes a scalar or an empty container whole; of any other container only what comes before
  /// its first value.
  private mutating func checkValueOrOpening() throws(WireError) {
    while true {
      switch current {
      case ASCII.quote: return try checkString()
      case ASCII.minus, ASCII.zero...ASCII.nine: return try checkNumber()
      case ASCII.letterT: return try checkLiteral("true")
      case ASCII.letterF: return try checkLiteral("false")
      case ASCII.letterN: return try checkLiteral("null")
      case ASCII.openBrace:
        try open(object: true)
        if current == ASCII.closeBrace { return close() }
        try checkKey()
      case ASCII.openBracket:
        try open(object: false)
        if current == ASCII.closeBracket { return close() }
      default: throw expected("a value")
      }
    }
  }

  /// After a value: closes what ends here. True when a comma promises another value.
  private mutating func goesOnToValue() throws(WireError) -> Bool {
    while depth > 0 {
      skipWhitespace()
      let isObject = openObjects & 1 == 1
      switch current {
      case ASCII.comma:
        index += 1
        skipWhitespace()
        if isObject { try checkKey() }
        return true
      case ASCII.closeBrace where isObject, ASCII.closeBracket where !isObject:
        close()
      default: throw expected(isObject ? "a comma or }" : "a comma or ]")
      }
    }
    return false
  }

  private mutating func open(object isObject: Bool) throws(WireError) {
    guard depth < maximumDepth else {
      throw WireError(
        path: "", reason: "too_deep",
        message: "expected at most \(maximumDepth) levels of arrays and objects; found more",
        position: index)
    }
    depth += 1
    openObjects = openObjects << 1 | (isObject ? 1 : 0)
    index += 1
    skipWhitespace()
  }

  private mutating func close() {
    depth -= 1
    openObjects >>= 1
    index += 1
  }

  /// A key, its colon, and the space before the value.
  private mutating func checkKey() throws(WireError) {
    guard current == ASCII.quote else { throw expected("a key in double quotes") }
    try checkString()
    skipWhitespace()
    guard current == ASCII.colon else { throw expected("a colon") }
    index += 1
    skipWhitespace()
  }

  private mutating func checkLiteral(_ literal: StaticString) throws(WireError) {
    let text = UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    guard bytes.count - index >= text.count,
      text.elementsEqual(UnsafeBufferPointer(rebasing: bytes[index..<index + text.count]))
    else { throw expected("a value") }
    index += text.count
  }

  private mutating func checkNumber() throws(WireError) {
    if current == ASCII.minus { index += 1 }
    if current == ASCII.zero {
      index += 1
    } else {
      try checkDigits()
    }
    if current == ASCII.point {
      index += 1
      try checkDigits()
    }
    if current | 0x20 == ASCII.letterE {
      index += 1
      if current == ASCII.plus || current == ASCII.minus { index += 1 }
      try checkDigits()
    }
  }

  private mutating func checkDigits() throws(WireError) {
    guard ASCII.isDigit(current) else { throw expected("a digit") }
    repeat { index += 1 } while ASCII.isDigit(current)
  }

  mutating func skipWhitespace() {
    while index < bytes.count, ASCII.isWhitespace(bytes[index]) { index += 1 }
  }

  /// Zero stands for the end of the text; as a byte it is refused wherever it is met.
  var current: UInt8 { index < bytes.count ? bytes[index] : 0 }

  func expected(_ what: String) -> WireError {
    WireError(
      path: "", reason: "syntax", message: "expected \(what); found \(foundByte)", position: index)
  }

  private var foundByte: String {
    guard index < bytes.count else { return "the end" }
    let byte = bytes[index]
    if (0x21...0x7E).contains(byte) { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return "byte 0x" + (byte < 0x10 ? "0" : "") + digits
  }
}
