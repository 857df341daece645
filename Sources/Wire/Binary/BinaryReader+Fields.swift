/// Where an object ends before its list does, the record is older than the list: the fields keep
/// what `init()` gave.
extension BinaryReader: FieldVisitor {
  @inlinable @inline(__always)
  public mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    if isAtEnd { return }
    value = try Value.readBinary(&self)
  }

  @inlinable
  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    if isAtEnd { return }
    value = Union(tag: try Union.Tag.readBinary(&self))
    let outerLimit = try beginObject()
    try value.caseFields(&self)
    try endObject(outerLimit)
  }

  public mutating func extras(_ value: inout WireExtras) throws(WireError) {
    if isAtEnd { return }
    value = try WireExtras.readBinary(&self)
  }
}
