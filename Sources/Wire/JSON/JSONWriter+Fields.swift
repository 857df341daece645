extension JSONWriter: FieldVisitor {
  @inlinable @inline(__always)
  public mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    if value.isOmitted || (rule.isOmittable && value.isNull) { return }
    key(name)
    value.write(&self)
  }

  @inlinable
  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    key(tag)
    value.tag.write(&self)
    try value.caseFields(&self)
  }

  @inlinable
  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError) {
    key(tag)
    value.tag.write(&self)
    key(content)
    beginObject()
    try value.caseFields(&self)
    try self.extras(&extras)
    endObject()
  }

  @inlinable
  public mutating func extras(_ value: inout WireExtras) throws(WireError) {
    for (key, raw) in value.entries {
      self.key(key)
      raw.write(&self)
    }
  }
}
