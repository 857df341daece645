import Wire

/// The params of one request, decoded once the method, and so their type, is known.
package enum Params {
  /// Absent, `null` or `[]`: real clients send all three for a call without parameters.
  case none
  case named(ArraySlice<UInt8>)
  case positional(ArraySlice<UInt8>)

  init(_ value: ArraySlice<UInt8>?) throws(RPCError) {
    switch value?.first {
    case nil, UInt8(ascii: "n"): self = .none
    case UInt8(ascii: "{"): self = .named(value ?? [])
    case UInt8(ascii: "["):
      let elements = (value ?? []).dropFirst().dropLast()
      self = elements.allSatisfy(ASCII.isWhitespace) ? .none : .positional(value ?? [])
    default: throw .invalidRequest("expected \"params\" as an object or an array")
    }
  }

  package func decode<Value: WireObject>(_ type: Value.Type) throws(WireError) -> Value {
    switch self {
    case .none:
      return try Self.decodeNamed(type, Self.emptyObject[...])
    case .named(let bytes):
      do throws(WireError) {
        return try Self.decodeNamed(type, bytes)
      } catch {
        // Looked for only when something is wrong, so that nobody else pays for it.
        guard error.reason == "unknown_key", let rest = Self.withoutMeta(bytes) else {
          throw error
        }
        return try Self.decodeNamed(type, rest[...])
      }
    case .positional(let bytes):
      return try bytes.withUnsafeBufferPointer { (text) throws(WireError) in
        try JSON.decodePositional(type, fromValidated: text, root: "params")
      }
    }
  }

  private static let emptyObject = Array("{}".utf8)

  private static func decodeNamed<Value: WireObject>(
    _ type: Value.Type, _ bytes: ArraySlice<UInt8>
  ) throws(WireError) -> Value {
    try bytes.withUnsafeBufferPointer { (text) throws(WireError) in
      try JSON.decode(type, fromValidated: text, root: "params")
    }
  }

  /// `_meta` belongs to MCP, whose clients add it to every call. It is blanked out, with one comma
  /// beside it, so that positions in errors stay true. Nil where there is none.
  private static func withoutMeta(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
    var text = Array(bytes)
    let place: Range<Int>? = bytes.withUnsafeBufferPointer { buffer in
      var scanner = JSONScanner(buffer)
      scanner.enter()
      while let (name, value) = scanner.nextMember() {
        if buffer[name].elementsEqual("_meta".utf8) {
          return (name.lowerBound - 1)..<value.upperBound
        }
      }
      return nil
    }
    guard var place else { return nil }
    if let after = text[place.upperBound...].firstIndex(where: { !ASCII.isWhitespace($0) }),
      text[after] == UInt8(ascii: ",")
    {
      place = place.lowerBound..<(after + 1)
    } else if let before = text[..<place.lowerBound].lastIndex(where: { !ASCII.isWhitespace($0) }),
      text[before] == UInt8(ascii: ",")
    {
      place = before..<place.upperBound
    }
    for index in place { text[index] = ASCII.space }
    return text
  }
}
