/// Walks a field list. Readers, writers, the recorder of schemas: each is one visitor, and the
/// compiler specialises every list for each of them, so they cannot disagree.
public protocol FieldVisitor {
  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError)

  /// Tagged inside: `{"type": "button", "payload": "yes"}`. The fields of the case stand beside the tag.
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError)

  /// Tagged beside: `{"type": "delay", "data": {"for": "3d"}}`. The fields of the case stand in
  /// `content`, and keys of `content` that no field takes are kept in `extras`. An absent
  /// `content` counts as `{}`.
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError)

  /// Comes last in a list and keeps all keys that no field took. Without it they are refused.
  mutating func extras(_ value: inout WireExtras) throws(WireError)
}

extension FieldVisitor {
  /// Where names do not matter, the content is the union and what is left of it.
  @inlinable
  public mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError) {
    try union(tag, &value, documentation)
    try self.extras(&extras)
  }

  @inlinable @inline(__always)
  public mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString
  ) throws(WireError) {
    try field(name, &value, documentation, .none)
  }
}
