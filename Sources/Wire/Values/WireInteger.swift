/// The integers of the standard library. Any spelling with an integral value is read (`1.0`, `1e0`),
/// exactly; anything else is refused, never rounded.
public protocol WireInteger: WireValue, FixedWidthInteger {}

extension Int: WireInteger {}
extension Int64: WireInteger {}
extension Int32: WireInteger {}
extension UInt64: WireInteger {}
extension UInt32: WireInteger {}
extension UInt16: WireInteger {}

extension WireInteger {
  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    let start = reader.index
    let value: Self?
    if let small = reader.takeShortInteger() {
      value = Self(exactly: small)
    } else {
      value = try reader.takeExactInteger()?.value()
    }
    guard let value, rule.allows(value) else {
      throw reader.outOfRange(
        Self.isSigned ? Int64(clamping: Self.min) : 0, UInt64(clamping: Self.max), rule, at: start)
    }
    return value
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    if Self.isSigned {
      writer.integer(Int64(truncatingIfNeeded: self))
    } else {
      writer.unsigned(UInt64(truncatingIfNeeded: self))
    }
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    let value =
      Self.isSigned ? Self(exactly: try reader.signed()) : Self(exactly: try reader.unsigned())
    guard let value else { throw reader.damaged("expected a number that fits \(Self.self)") }
    return value
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    if Self.isSigned {
      writer.signed(Int64(truncatingIfNeeded: self))
    } else {
      writer.unsigned(UInt64(truncatingIfNeeded: self))
    }
  }

  /// Bounds of 64 bits are left out of the schema, save that an unsigned number is not negative.
  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    if Self.isSigned && Self.bitWidth == 64 { return .integer(nil) }
    return .integer(Int64(clamping: Self.min)...Int64(clamping: Self.max))
  }
}

extension Rule {
  @inlinable
  func allows(_ value: some FixedWidthInteger) -> Bool {
    guard let allowedRange else { return true }
    guard let value = Int64(exactly: value) else { return false }
    return allowedRange.contains(value)
  }
}
