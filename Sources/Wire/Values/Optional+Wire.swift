/// Nil is null; a field may also be absent.
extension Optional: WireValue where Wrapped: WireValue {
  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    if reader.takeNull() { return .none }
    return .some(try Wrapped.read(&reader, rule))
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    switch self {
    case .none: writer.null()
    case .some(let wrapped): wrapped.write(&writer)
    }
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    switch try reader.byte() {
    case 0: return .none
    case 1: return .some(try Wrapped.readBinary(&reader))
    case let other: throw reader.damaged("expected 0 or 1 for a presence; found \(other)")
    }
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    switch self {
    case .none: writer.byte(0)
    case .some(let wrapped):
      writer.byte(1)
      wrapped.writeBinary(&writer)
    }
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .nullable(Wrapped.describe(&recorder))
  }

  @inlinable
  public static var absent: Self? { .some(.none) }

  @inlinable
  public var isNull: Bool {
    switch self {
    case .none: true
    case .some(let wrapped): wrapped.isNull
    }
  }
}
