import Wire

import CampaignEngine

/// A hash of what a state holds, of all that an older listing knows and of nothing else: rows may
/// grow, and what they held stays what it was.
struct StateDigest: FieldVisitor {
  private let types: StoredTypes
  private var hash = StableHash()
  /// Those of the object being visited.
  private var known: [String: StoredShape] = [:]

  private init(_ types: StoredTypes) { self.types = types }

  static func value(of state: State, as types: StoredTypes) throws -> UInt64 {
    var digest = StateDigest(types)
    try state.encodeSnapshot { tag, payload in
      guard
        let root = types.roots.first(where: { $0.kind == .block && $0.number == tag.rawValue })
      else { return }
      digest.hash.add(UInt64(tag.rawValue))
      digest.add(try Self.decode(tag.contents, payload), as: root.shape)
    }
    return digest.hash.value
  }

  private static func decode<Value: WireValue>(
    _ type: Value.Type, _ payload: [UInt8]
  ) throws -> any WireValue {
    try Binary.decode(type, from: payload)
  }

  private mutating func add(_ value: any WireValue, as shape: StoredShape) {
    switch shape {
    case .list(let content), .optional(let content), .map(let content), .patch(let content):
      guard let container = value as? any StoredContainer else { return hash.add("another kind") }
      hash.add(container.outline)
      for element in container.contents { add(element, as: content) }
    case .object(let name):
      guard let object = value as? any WireObject else { return hash.add("another kind") }
      visit(object, as: name)
    case .enumeration:
      guard let word = value as? any WireEnum else { return hash.add("another kind") }
      hash.add(word.rawValue)
    case .leaf(let name):
      for byte in Binary.encode(former(value, of: name)) { hash.add(UInt64(byte)) }
    case .union, .extras: hash.add("no value by itself")
    }
  }

  /// A leaf that took another's place stands for the same as it did in that one's form.
  private func former(_ value: any WireValue, of name: String) -> any WireValue {
    if name == "TimeSpan", let span = value as? CalendarSpan { return span.usualLength }
    return value
  }

  private mutating func visit(_ object: some WireObject, as name: String) {
    var copy = object
    visitList(name) { (visitor) throws(WireError) in try copy.fields(&visitor) }
  }

  private mutating func visitList(
    _ name: String, _ visit: (inout Self) throws(WireError) -> Void
  ) {
    let outer = known
    known = [:]
    for field in types.objects[name] ?? [] { known[field.name] = field.shape }
    do throws(WireError) {
      try visit(&self)
    } catch {
      hash.add(error.reason)
    }
    known = outer
  }

  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    guard let shape = known["\(name)"] else { return }
    hash.add("\(name)")
    add(value, as: shape)
  }

  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    guard case .union(let words)? = known["\(tag)"] else { return }
    hash.add(value.tag.rawValue)
    visitList("\(words).\(value.tag.rawValue)") { (visitor) throws(WireError) in
      try value.caseFields(&visitor)
    }
  }

  mutating func extras(_ value: inout WireExtras) throws(WireError) {
    guard known["*"] != nil else { return }
    for (key, value) in value.entries {
      hash.add(key)
      hash.add(value.text)
    }
  }
}
