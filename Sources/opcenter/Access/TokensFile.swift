import OperationCenterService
import Persistence
import Wire

/// The file of named tokens. The service only reads it; `opcenter token` changes it.
struct TokensFile: Sendable {
  let file: PrivateFile

  init(at path: String) { file = PrivateFile(FileStorage(), path) }

  /// Where it is unless it is named.
  init(in directory: String) { self.init(at: "\(directory)/tokens") }

  /// Without a file there are no tokens.
  func read() throws -> TokenList {
    guard let bytes = try file.read(maximumBytes: TokenList.maximumBytes) else {
      return TokenList()
    }
    do throws(WireError) { return try TokenList(parsing: bytes) } catch {
      throw Refusal(message: "\(file.path) is no file of tokens: \(error)")
    }
  }

  func change(_ body: (inout TokenList) throws -> Void) throws {
    try file.changing {
      var list = try read()
      try body(&list)
      try file.replace(with: list.encoded)
    }
  }
}
