/// A field of an update: absent keeps what is stored, null clears it, a value sets it.
public enum Patch<Value: WireValue>: WireValue {
  case keep
  case clear
  case set(Value)

  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    if reader.takeNull() { return .clear }
    return .set(try Value.read(&reader, rule))
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    switch self {
    case .keep, .clear: writer.null()
    case .set(let value): value.write(&writer)
    }
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    switch try reader.byte() {
    case 0: return .keep
    case 1: return .clear
    case 2: return .set(try Value.readBinary(&reader))
    case let other: throw reader.damaged("expected 0, 1 or 2 for a patch; found \(other)")
    }
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    switch self {
    case .keep: writer.byte(0)
    case .clear: writer.byte(1)
    case .set(let value):
      writer.byte(2)
      value.writeBinary(&writer)
    }
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .nullable(Value.describe(&recorder))
  }

  @inlinable
  public static var absent: Self? { .keep }

  @inlinable
  public var isOmitted: Bool {
    switch self {
    case .keep: true
    case .clear, .set: false
    }
  }
}

extension Patch: Equatable where Value: Equatable {}
extension Patch: Hashable where Value: Hashable {}
