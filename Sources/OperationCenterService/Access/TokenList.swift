import JSONRPC
import Wire

/// The tokens file: whoever has a name and a token.
///
///     {"tokens": [{"name": "dashboard", "capabilities": ["query"], "salt": "5f…", "hash": "9c…",
///       "created_at": "2026-11-22T09:00:00.000Z"}]}
package struct TokenList: WireObject, Equatable {
  package private(set) var tokens: [NamedToken] = []

  package static let maximumBytes = 1 << 20
  package static let maximumCount = 1000

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("tokens", &tokens, "Each with a name of its own.", .length(0...1000))
  }

  package init(parsing bytes: [UInt8]) throws(WireError) {
    self = try JSON.decode(TokenList.self, from: bytes, root: "tokens file")
  }

  /// One token a line, for whoever looks into the file.
  package var encoded: [UInt8] {
    var bytes = Array("{\"tokens\": [".utf8)
    for (index, token) in tokens.enumerated() {
      bytes += Array((index == 0 ? "\n  " : ",\n  ").utf8)
      bytes += JSON.encode(token)
    }
    return bytes + Array("\n]}\n".utf8)
  }

  package subscript(name: String) -> NamedToken? { tokens.first { $0.name == name } }

  package mutating func add(_ token: NamedToken) { tokens.append(token) }

  /// False where there is none of this name.
  package mutating func remove(named name: String) -> Bool {
    let count = tokens.count
    tokens.removeAll { $0.name == name }
    return tokens.count < count
  }

  /// Whose token it is. Every entry is looked at, also after the right one, so that the time says
  /// nothing about where it stands or whether it is there.
  static func holder(of token: String, among tokens: [NamedToken]) -> NamedToken? {
    var found: NamedToken?
    for candidate in tokens where candidate.isHash(of: token) { found = candidate }
    return found
  }
}
