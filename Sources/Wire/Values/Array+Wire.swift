extension Array: WireValue where Element: WireValue {
  /// The length of the rule counts the elements; the rest of the rule is asked of each of them.
  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader.index
    guard reader.current == ASCII.openBracket else { throw reader.wrongType(expected: "an array") }
    let maximum = rule.allowedLength?.upperBound ?? Int.max
    let elementRule = rule.forElements
    var elements: Self = []
    reader.index += 1
    reader.skipWhitespace()
    if reader.current != ASCII.closeBracket {
      repeat {
        // Refused before the memory is spent, not after.
        guard elements.count < maximum else {
          throw reader.tooMany(maximum: maximum, unit: "elements", at: start)
        }
        elements.append(try Element.read(&reader, elementRule))
      } while reader.takeComma()
    }
    reader.index += 1
    if let minimum = rule.allowedLength?.lowerBound, elements.count < minimum {
      throw reader.tooFew(minimum: minimum, unit: "elements", found: elements.count, at: start)
    }
    return elements
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.beginArray()
    for element in self { element.write(&writer) }
    writer.endArray()
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    let count = try reader.count()
    try reader.descend()
    var elements: Self = []
    // A false count must not buy memory: beyond this, the array grows with what was really read.
    elements.reserveCapacity(Swift.min(count, 256))
    for _ in 0..<count { elements.append(try Element.readBinary(&reader)) }
    reader.ascend()
    return elements
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.unsigned(UInt64(count))
    for element in self { element.writeBinary(&writer) }
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .array(Element.describe(&recorder), count: nil)
  }
}
