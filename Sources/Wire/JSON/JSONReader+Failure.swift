/// What is thrown. None of this runs until something failed.
extension JSONReader {
  /// An error at a place of the text, or where the reader stands; the path follows from it later.
  public func failure(_ reason: String, _ message: String, at position: Int? = nil) -> WireError {
    WireError(path: "", reason: reason, message: message, position: position ?? index)
  }

  /// The value that stands next is of another kind than expected.
  public func wrongType(expected: String) -> WireError {
    failure("wrong_type", "expected \(expected); found \(foundKind)")
  }

  /// Kinds only: what stands where another kind belongs may be private.
  private var foundKind: String {
    switch kind {
    case .null: "null"
    case .boolean: current == ASCII.letterT ? "true" : "false"
    case .number: "a number"
    case .text: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }

  @usableFromInline
  func badFormat(expected: String, found: String, at position: Int) -> WireError {
    let length = amount(found.unicodeScalars.count, "characters")
    return failure("bad_format", "expected \(expected); found a text of \(length)", at: position)
  }

  @usableFromInline
  func outOfRange(_ minimum: Int64, _ maximum: UInt64, _ rule: Rule, at position: Int) -> WireError
  {
    let lower = max(minimum, rule.allowedRange?.lowerBound ?? minimum)
    let upper =
      rule.allowedRange.map { range in
        range.upperBound < 0
          ? String(range.upperBound) : String(min(maximum, UInt64(range.upperBound)))
      } ?? String(maximum)
    let found = echo(bytes[position..<max(position, index)])
    return failure(
      "out_of_range", "expected an integer from \(lower) to \(upper); found \(found)", at: position)
  }

  @usableFromInline
  func duplicateKey(_ key: String, at position: Int) -> WireError {
    failure(
      "duplicate_key", "expected keys that differ; found \(quoted(key)) twice", at: position)
  }

  @usableFromInline
  func tooMany(maximum: Int, unit: String, at position: Int) -> WireError {
    failure("too_many", "expected at most \(amount(maximum, unit)); found more", at: position)
  }

  @usableFromInline
  func tooFew(minimum: Int, unit: String, found: Int, at position: Int) -> WireError {
    failure(
      "too_short", "expected at least \(amount(minimum, unit)); found \(found)", at: position)
  }

  @usableFromInline
  func check(count: Int, of unit: String, _ rule: Rule, at position: Int) throws(WireError) {
    guard let minimum = rule.allowedLength?.lowerBound, count < minimum else { return }
    throw tooFew(minimum: minimum, unit: unit, found: count, at: position)
  }

  /// The length of a text counts Unicode scalars.
  @inlinable
  func check(_ text: String, _ length: ClosedRange<Int>, at position: Int) throws(WireError) {
    // A scalar is one to four bytes: most texts need no count.
    let size = text.utf8.count
    if size <= length.upperBound && (size + 3) / 4 >= length.lowerBound { return }
    try checkScalars(of: text, length, at: position)
  }

  @usableFromInline
  func checkScalars(
    of text: String, _ length: ClosedRange<Int>, at position: Int
  ) throws(WireError) {
    let count = text.unicodeScalars.count
    if length.contains(count) { return }
    let isShort = count < length.lowerBound
    let expected =
      switch (length.lowerBound, length.upperBound) {
      case (let lower, Int.max): "at least \(amount(lower, "characters"))"
      case (let lower, let upper) where lower == upper: "exactly \(amount(lower, "characters"))"
      case (...0, let upper): "at most \(amount(upper, "characters"))"
      case (let lower, let upper): "\(lower) to \(amount(upper, "characters"))"
      }
    throw failure(
      isShort ? "too_short" : "too_long", "expected \(expected); found \(count)", at: position)
  }

  func echo(_ number: Slice<UnsafeBufferPointer<UInt8>>) -> String {
    let text = String(decoding: number.prefix(Limits.echoLength), as: UTF8.self)
    return number.count > Limits.echoLength ? text + "…" : text
  }
}

/// A count and what is counted, one thing in the singular.
private func amount(_ count: Int, _ unit: String) -> String {
  guard count == 1 else { return "\(count) \(unit)" }
  return unit == "entries" ? "1 entry" : "1 \(unit.dropLast())"
}

/// A key or word as it stands in messages: in quotes, escaped, and cut.
@usableFromInline
func quoted(_ text: String) -> String {
  let scalars = text.unicodeScalars
  var start = String.UnicodeScalarView(scalars.prefix(Limits.echoLength))
  if scalars.count > Limits.echoLength { start.append("…") }
  return String(decoding: JSON.encode(String(start)), as: UTF8.self)
}
