/// The compact form of journals and snapshots: the same field lists, without names and rules.
///
/// An object is its length and then its fields in the order of the list. Lists only grow at their
/// end, so a longer list reads an older record and keeps its own defaults for the rest.
public enum Binary {
  public static func encode(_ value: some WireValue) -> [UInt8] {
    var writer = BinaryWriter()
    // Most records fit, and need not move while they grow.
    writer.bytes.reserveCapacity(128)
    value.writeBinary(&writer)
    return writer.bytes
  }

  public static func decode<Value: WireValue>(
    _ type: Value.Type, from bytes: [UInt8]
  ) throws(WireError) -> Value {
    var reader = BinaryReader(bytes)
    let value = try Value.readBinary(&reader)
    guard reader.isAtEnd else {
      throw reader.damaged("expected the end; found \(reader.remaining) more bytes")
    }
    return value
  }
}
