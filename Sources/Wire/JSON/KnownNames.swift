/// The names of a field list, for the message about a key that is none of them.
@usableFromInline
struct KnownNames: FieldVisitor {
  private(set) var names: [String] = []

  /// Of a value rather than a type: the names depend on the tags it holds.
  @usableFromInline
  static func of(_ value: some WireObject) -> [String] {
    var value = value
    var known = KnownNames()
    do throws(WireError) {
      try value.fields(&known)
    } catch {
      // A check of the list itself: the names are known by then.
    }
    return known.names
  }

  @usableFromInline
  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    names.append("\(name)")
  }

  @usableFromInline
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    names.append("\(tag)")
    try value.caseFields(&self)
  }

  @usableFromInline
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError) {
    names += ["\(tag)", "\(content)"]
  }

  @usableFromInline
  mutating func extras(_ value: inout WireExtras) throws(WireError) {}
}
