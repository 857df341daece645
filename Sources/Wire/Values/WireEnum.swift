/// One of a fixed list of words, in ASCII. The binary form is the index in `allCases`, so cases are only
/// ever appended.
public protocol WireEnum: WireValue, CaseIterable, Hashable, RawRepresentable
where RawValue == String {}

extension WireEnum {
  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader.index
    guard reader.current == ASCII.quote else { throw reader.wrongType(expected: expectedWords()) }
    let word = try reader.text()
    // Strings compare by canonical equivalence, by which an ASCII word equals only itself and
    // texts that take more bytes.
    guard let value = Self(rawValue: word), value.rawValue.utf8.count == word.utf8.count else {
      throw reader.failure(
        "not_one_of", "expected \(expectedWords()); found \(quoted(word))", at: start)
    }
    return value
  }

  @usableFromInline
  static func expectedWords() -> String {
    "one of " + allCases.map(\.rawValue).joined(separator: ", ")
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.string(rawValue)
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    let number = try reader.unsigned()
    let cases = allCases
    guard let offset = Int(exactly: number), offset < cases.count else {
      throw reader.damaged(
        "expected a number below \(cases.count) for \(Self.self); found \(number)")
    }
    return cases[cases.index(cases.startIndex, offsetBy: offset)]
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    var offset: UInt64 = 0
    for candidate in Self.allCases {
      if candidate == self { break }
      offset += 1
    }
    writer.unsigned(offset)
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .enumeration(allCases.map(\.rawValue), title: typeName(of: Self.self))
  }
}
