import Wire

/// Where the members of one message lie, not yet judged. Lives as long as the bytes it points at.
struct Envelope {
  private let bytes: UnsafeBufferPointer<UInt8>
  private(set) var jsonrpc: Range<Int>?
  private(set) var id: Range<Int>?
  private(set) var method: Range<Int>?
  private(set) var params: Range<Int>?
  private var hasOutcome = false
  private var hasRepeatedID = false
  /// A member that is given twice: which of the two was meant cannot be known.
  private(set) var repeatedName: String?
  /// Members that JSON-RPC does not know are ignored, unless two have the same name.
  private var otherNames: Set<[UInt8]> = []

  var isAnswer: Bool { hasOutcome && method == nil }
  var hasTooManyMembers: Bool { otherNames.count > Limits.otherMembers }

  /// Nil for anything but an object.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    var scanner = JSONScanner(bytes)
    guard scanner.current == UInt8(ascii: "{") else { return nil }
    scanner.enter()
    while !hasTooManyMembers, let (name, value) = scanner.nextMember() {
      // Names are compared after unescaping: `"id"` and `"\u0069d"` are the same.
      if bytes[name].contains(UInt8(ascii: "\\")) {
        let unescaped = Self.unescaped(bytes[(name.lowerBound - 1)..<(name.upperBound + 1)])
        unescaped.withUnsafeBufferPointer { add($0, value) }
      } else {
        add(UnsafeBufferPointer(rebasing: bytes[name]), value)
      }
    }
  }

  /// What an answer can repeat: text, a number or null, given once.
  var readableID: Range<Int>? {
    guard let id, !hasRepeatedID else { return nil }
    switch bytes[id.lowerBound] {
    case UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: "t"), UInt8(ascii: "f"): return nil
    default: return id
    }
  }

  /// The value if it is there and a text.
  func text(_ value: Range<Int>?) -> String? {
    guard let value, bytes[value.lowerBound] == UInt8(ascii: "\"") else { return nil }
    let inside = bytes[(value.lowerBound + 1)..<(value.upperBound - 1)]
    if inside.contains(UInt8(ascii: "\\")) {
      return try? JSON.decode(String.self, from: Array(bytes[value]))
    }
    return String(decoding: inside, as: UTF8.self)
  }

  private mutating func add(_ name: UnsafeBufferPointer<UInt8>, _ value: Range<Int>) {
    let isNew: Bool
    if Self.isEqual(name, "jsonrpc") {
      isNew = Self.set(&jsonrpc, value)
    } else if Self.isEqual(name, "id") {
      isNew = Self.set(&id, value)
      hasRepeatedID = hasRepeatedID || !isNew
    } else if Self.isEqual(name, "method") {
      isNew = Self.set(&method, value)
    } else if Self.isEqual(name, "params") {
      isNew = Self.set(&params, value)
    } else {
      if Self.isEqual(name, "result") || Self.isEqual(name, "error") { hasOutcome = true }
      isNew = otherNames.insert(Array(name)).inserted
    }
    if !isNew { repeatedName = String(decoding: name.prefix(32), as: UTF8.self) }
  }

  private static func set(_ member: inout Range<Int>?, _ value: Range<Int>) -> Bool {
    defer { member = value }
    return member == nil
  }

  private static func isEqual(_ name: UnsafeBufferPointer<UInt8>, _ known: StaticString) -> Bool {
    guard name.count == known.utf8CodeUnitCount else { return false }
    for index in 0..<name.count where name[index] != known.utf8Start[index] { return false }
    return true
  }

  private static func unescaped(_ quoted: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8] {
    let text = try? JSON.decode(String.self, from: Array(quoted))
    return text.map { Array($0.utf8) } ?? Array(quoted)
  }
}
