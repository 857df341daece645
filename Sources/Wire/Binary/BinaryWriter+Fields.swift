/// Nothing is omitted here: places stand for names.
extension BinaryWriter: FieldVisitor {
  @inlinable @inline(__always)
  public mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    value.writeBinary(&self)
  }

  /// The fields of a case have a length of their own: each case's list can grow by itself.
  @inlinable
  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    value.tag.writeBinary(&self)
    let start = beginObject()
    try value.caseFields(&self)
    endObject(start)
  }

  public mutating func extras(_ value: inout WireExtras) throws(WireError) {
    value.writeBinary(&self)
  }
}
