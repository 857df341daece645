/// A value kept as it is written: an id to be echoed, a key that is not ours.
///
/// Numbers and escapes keep their spelling. White space between tokens is dropped when reading, so
/// that the value may be written on one line.
public struct RawJSON: WireValue, Equatable, Hashable {
  public var bytes: [UInt8]

  /// - Parameter validated: one value that `JSON.validate` has passed, without raw line feeds.
  @inlinable
  public init(validated: [UInt8]) {
    bytes = validated
  }

  public static let null = RawJSON(validated: Array("null".utf8))

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> RawJSON {
    reader.takeRaw()
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    writer.raw(bytes)
  }

  /// Checked again: what is damaged on the disk must not be written into a frame.
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> RawJSON {
    let bytes = try reader.data()
    do throws(WireError) {
      try JSON.validate(bytes)
    } catch {
      throw reader.damaged("expected JSON inside the record: \(error.message)")
    }
    return RawJSON(validated: bytes)
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    writer.data(bytes)
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema { .any }

  public var isNull: Bool { self == .null }
}
