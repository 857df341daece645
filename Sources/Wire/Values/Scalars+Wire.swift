extension Bool: WireValue {
  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Bool {
    try reader.boolean()
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.bool(self)
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Bool {
    switch try reader.byte() {
    case 0: false
    case 1: true
    case let other: throw reader.damaged("expected 0 or 1 for a boolean; found \(other)")
    }
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.byte(self ? 1 : 0)
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema { .boolean }
}

extension String: WireValue {
  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> String {
    let start = reader.index
    let value = try reader.text()
    if let length = rule.allowedLength {
      try reader.check(value, length, at: start)
    }
    if let pattern = rule.requiredPattern, !pattern.matches(value) {
      throw reader.badFormat(expected: pattern.expected, found: value, at: start)
    }
    return value
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.string(self)
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> String {
    try reader.string()
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.string(self)
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .text(length: nil, pattern: nil, format: nil)
  }
}
