import Wire

/// The id of a request as its bytes: whatever its spelling, the answer repeats it.
package struct RequestID: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(_ bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
  }

  /// Stands in answers to what had no readable id.
  package static let null = RequestID("null".utf8)
}

/// One call or notification (JSON-RPC 2.0 section 4). It shares memory with its frame and does not
/// outlive it.
package struct Request {
  package let method: String
  /// Nil makes it a notification, which is never answered.
  package let id: ArraySlice<UInt8>?
  package let params: Params

  /// What one message turned out to be.
  package enum Parsed {
    case request(Request)
    case invalid(RPCError, id: RequestID)
    /// An answer, though we ask nothing. Never answered in turn: two such peers would not stop.
    case answer
  }

  /// - Parameter message: one value of a text that `JSON.validate` has passed.
  package static func parse(_ message: ArraySlice<UInt8>) -> Parsed {
    do throws(RPCError) {
      let envelope = try Envelope(message)
      if envelope.isAnswer { return .answer }
      do throws(RPCError) {
        return .request(try Request(envelope))
      } catch {
        return .invalid(error, id: envelope.readableID.map { RequestID($0) } ?? .null)
      }
    } catch {
      return .invalid(error, id: .null)
    }
  }

  private init(_ envelope: Envelope) throws(RPCError) {
    if envelope.hasTooManyMembers {
      throw .invalidRequest("a request has at most \(Limits.otherMembers) members of other names")
    }
    if let repeated = envelope.repeatedName {
      throw .invalidRequest("the member \"\(repeated)\" is given twice")
    }
    guard let version = envelope.jsonrpc, Envelope.text(version) == "2.0" else {
      throw .invalidRequest("expected \"jsonrpc\": \"2.0\"")
    }
    guard let name = envelope.method, let method = Envelope.text(name) else {
      throw .invalidRequest("expected \"method\" with the name of a method as text")
    }
    guard envelope.id == nil || envelope.readableID != nil else {
      throw .invalidRequest("expected \"id\" as text, a number or null")
    }
    id = envelope.readableID
    self.method = method
    params = try Params(envelope.params)
  }
}

/// The members of one message, not yet judged.
private struct Envelope {
  var jsonrpc: ArraySlice<UInt8>?
  var id: ArraySlice<UInt8>?
  var method: ArraySlice<UInt8>?
  var params: ArraySlice<UInt8>?
  private var hasOutcome = false
  private var hasRepeatedID = false
  private(set) var repeatedName: String?
  /// Of members that JSON-RPC does not know. They are ignored, unless two have the same name.
  private var otherNames: Set<[UInt8]> = []

  var isAnswer: Bool { hasOutcome && method == nil }
  var hasTooManyMembers: Bool { otherNames.count > Limits.otherMembers }

  init(_ message: ArraySlice<UInt8>) throws(RPCError) {
    let isObject = message.withUnsafeBufferPointer { bytes in
      var scanner = JSONScanner(bytes)
      guard scanner.current == UInt8(ascii: "{") else { return false }
      scanner.enter()
      while !hasTooManyMembers, let (name, value) = scanner.nextMember() {
        add(name: message[offset: name], value: message[offset: value])
      }
      return true
    }
    guard isObject else { throw .invalidRequest("expected a request as an object") }
  }

  /// Names are compared after unescaping: `"id"` and `"\u0069d"` are the same.
  private mutating func add(name: ArraySlice<UInt8>, value: ArraySlice<UInt8>) {
    let name = name.contains(UInt8(ascii: "\\")) ? Self.unescaped(name)[...] : name
    let isNew: Bool
    switch name.count {
    case 2 where name.elementsEqual("id".utf8):
      isNew = Self.set(&id, value)
      hasRepeatedID = hasRepeatedID || !isNew
    case 6 where name.elementsEqual("method".utf8): isNew = Self.set(&method, value)
    case 6 where name.elementsEqual("params".utf8): isNew = Self.set(&params, value)
    case 7 where name.elementsEqual("jsonrpc".utf8): isNew = Self.set(&jsonrpc, value)
    default:
      if name.elementsEqual("result".utf8) || name.elementsEqual("error".utf8) {
        hasOutcome = true
      }
      isNew = otherNames.insert(Array(name)).inserted
    }
    if !isNew { repeatedName = String(decoding: name.prefix(32), as: UTF8.self) }
  }

  private static func set(_ member: inout ArraySlice<UInt8>?, _ value: ArraySlice<UInt8>) -> Bool {
    defer { member = value }
    return member == nil
  }

  /// What an answer can repeat: text, a number or null, given once.
  var readableID: ArraySlice<UInt8>? {
    guard let id, !hasRepeatedID else { return nil }
    switch id.first {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "t"), UInt8(ascii: "f"): return nil
    default: return id
    }
  }

  /// The value if it is a text.
  static func text(_ value: ArraySlice<UInt8>) -> String? {
    guard value.first == UInt8(ascii: "\"") else { return nil }
    let inside = value.dropFirst().dropLast()
    if inside.contains(UInt8(ascii: "\\")) { return decodedText(value) }
    return String(decoding: inside, as: UTF8.self)
  }

  private static func unescaped(_ name: ArraySlice<UInt8>) -> [UInt8] {
    let quote = UInt8(ascii: "\"")
    return decodedText([quote] + name + [quote]).map { Array($0.utf8) } ?? Array(name)
  }

  private static func decodedText(_ quoted: some Sequence<UInt8>) -> String? {
    try? JSON.decode(String.self, from: Array(quoted))
  }
}

extension ArraySlice {
  /// The part that a range counted from the slice's own beginning covers.
  subscript(offset range: Range<Int>) -> ArraySlice {
    self[(startIndex + range.lowerBound)..<(startIndex + range.upperBound)]
  }
}
