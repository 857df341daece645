/// Fills a field list from one object, or from an array by position.
///
/// While the keys come in the order of the list, each is compared where it stands and nothing else
/// is needed: keys that match one by one also cannot repeat. The first key that does not match
/// turns to an index of the whole object, which takes any order and notices equal names.
@usableFromInline
struct ObjectReader {
  @usableFromInline
  enum Mode {
    case inOrder
    case indexed
    case positional
    /// The content of a union that is not there: no field is.
    case absent
  }

  @usableFromInline var reader: JSONReader
  @usableFromInline var mode: Mode
  /// Of the object's opening bracket.
  @usableFromInline let start: Int
  private(set) var index: KeyIndex?
  /// Positional only: how many elements were taken.
  @usableFromInline var elementCount = 0

  @inlinable
  init(_ reader: JSONReader) throws(WireError) {
    guard reader.current == ASCII.openBrace else {
      throw reader.wrongType(expected: "an object")
    }
    self.init(reader, .inOrder)
    self.reader.index += 1
    self.reader.skipWhitespace()
  }

  init(positional reader: JSONReader) throws(WireError) {
    guard reader.current == ASCII.openBracket else {
      throw reader.wrongType(expected: "an array")
    }
    self.init(reader, .positional)
    self.reader.index += 1
    self.reader.skipWhitespace()
  }

  @inlinable
  init(absentAt reader: JSONReader) {
    self.init(reader, .absent)
  }

  @usableFromInline
  init(_ reader: JSONReader, _ mode: Mode) {
    self.reader = reader
    self.mode = mode
    start = reader.index
    index = nil
  }

  /// Stands at the value of a field; false if the field is not there. Inlined into the list, where
  /// the name is a constant and the comparison a few instructions.
  @inlinable @inline(__always)
  mutating func seek(_ name: StaticString) throws(WireError) -> Bool {
    if mode == .inOrder && reader.takeKey(name) { return true }
    return try seekElsewhere(name)
  }

  @usableFromInline
  mutating func seekElsewhere(_ name: StaticString) throws(WireError) -> Bool {
    switch mode {
    case .absent: return false
    case .positional:
      guard reader.current != ASCII.closeBracket else { return false }
      elementCount += 1
      return true
    case .inOrder:
      if reader.current == ASCII.closeBrace { return false }
      try buildIndex()
    case .indexed: break
    }
    guard let place = index?.take(name) else { return false }
    reader.index = place
    return true
  }

  /// Moves from the end of a value to what comes next, where that matters.
  @inlinable @inline(__always)
  mutating func passValue() {
    if mode == .indexed { return }
    _ = reader.takeComma()
  }

  mutating func buildIndex() throws(WireError) {
    index = try KeyIndex(reader, objectStart: start, untakenFrom: reader.index)
    mode = .indexed
  }

  @inlinable
  var hasTakenEverything: Bool {
    switch mode {
    case .inOrder: reader.current == ASCII.closeBrace
    case .indexed: isIndexExhausted
    case .positional: reader.current == ASCII.closeBracket
    case .absent: true
    }
  }

  @usableFromInline
  var isIndexExhausted: Bool { index?.isExhausted ?? true }

  /// Behind the closing bracket, once everything is taken.
  @inlinable
  var end: Int { mode == .indexed ? endOfIndex : reader.index + 1 }

  @usableFromInline
  var endOfIndex: Int { index?.end ?? reader.index }

  var firstUntakenKey: (name: String, position: Int)? { index?.firstUntakenKey }

  @usableFromInline
  mutating func takeRest() throws(WireError) -> WireExtras {
    if mode == .inOrder && reader.current != ASCII.closeBrace { try buildIndex() }
    return index?.takeRest(reader) ?? WireExtras()
  }
}

extension JSONReader {
  /// Takes a key, its colon and the space around, if it is exactly this one without escapes.
  @inlinable @inline(__always)
  mutating func takeKey(_ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    // The shortest rest is `"":0}`.
    guard bytes.count - index >= count + 5, let base = bytes.baseAddress else { return false }
    let text = base + index
    guard text[0] == ASCII.quote, text[count + 1] == ASCII.quote else { return false }
    let known = name.utf8Start
    var offset = 0
    while offset < count {
      guard text[offset + 1] == known[offset] else { return false }
      offset += 1
    }
    index += count + 2
    skipColon()
    return true
  }
}
