extension ObjectReader: FieldVisitor {
  @inlinable @inline(__always)
  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    guard try seek(name) else {
      if rule.isDefaulted { return }
      guard let absent = Value.absent else { throw missing(name) }
      value = absent
      return
    }
    if !(rule.isDefaulted && reader.takeNull()) {
      value = try Value.read(&reader, rule)
    }
    passValue()
  }

  @inlinable
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    value = try taggedUnion(tag)
    try value.caseFields(&self)
  }

  @inlinable
  mutating func union<Union: WireUnion>(
    _ tag: StaticString, content: StaticString, _ value: inout Union, extras: inout WireExtras,
    _ documentation: StaticString
  ) throws(WireError) {
    value = try taggedUnion(tag)
    let isPresent = try seek(content)
    var inner: ObjectReader
    if isPresent && !reader.takeNull() {
      inner = try ObjectReader(reader)
    } else {
      inner = ObjectReader(absentAt: reader)
    }
    do throws(WireError) {
      try value.caseFields(&inner)
      try inner.extras(&extras)
    } catch {
      throw inner.mode == .absent ? located(error, under: content) : inner.located(error)
    }
    if inner.mode != .absent { reader.index = inner.end }
    if isPresent { passValue() }
  }

  @inlinable
  mutating func taggedUnion<Union: WireUnion>(_ tag: StaticString) throws(WireError) -> Union {
    guard try seek(tag) else { throw missing(tag) }
    let union = Union(tag: try Union.Tag.read(&reader, .none))
    passValue()
    return union
  }

  @inlinable
  mutating func extras(_ value: inout WireExtras) throws(WireError) {
    value = try takeRest()
  }
}

/// What is thrown about an object as a whole.
extension ObjectReader {
  @usableFromInline
  func missing(_ name: StaticString) -> WireError {
    WireError(
      path: "\(name)", reason: "required", message: "expected a value; found none", position: start)
  }

  /// An error that a field list made itself has no position yet: it is about this object.
  @usableFromInline
  func located(_ error: WireError) -> WireError {
    guard error.position == nil else { return error }
    var error = error
    error.position = start
    return error
  }

  /// About a field of a content that is not there: the path says where it would be.
  @usableFromInline
  func located(_ error: WireError, under content: StaticString) -> WireError {
    var error = error
    error.position = start
    error.path = error.path.isEmpty ? "\(content)" : "\(content).\(error.path)"
    return error
  }

  /// A key is left: it repeats another, or no field has its name.
  @usableFromInline
  mutating func surplus(knownNames: [String]) -> WireError {
    if mode == .inOrder {
      do throws(WireError) { try buildIndex() } catch { return error }
    }
    guard let (name, position) = firstUntakenKey else {
      return reader.failure("unknown_key", "expected no more keys", at: start)
    }
    var message = "expected a known key; found \(quoted(name))"
    if let near = KeySuggestion.nearest(to: name, among: knownNames) {
      message += "; did you mean \(quoted(near))?"
    }
    return reader.failure("unknown_key", message, at: position)
  }

  func surplusElement() -> WireError {
    reader.failure(
      "too_many", "expected at most \(elementCount) params by position; found more")
  }
}
