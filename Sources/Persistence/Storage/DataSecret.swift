/// Thirty-two random bytes of a data directory, in a file of their own, so that a journal or a snapshot
/// that is copied elsewhere has none of them.
package struct DataSecret: Sendable {
  package static let byteCount = 32

  private let file: PrivateFile
  private let path: String

  package init(_ storage: any Storage, directory: String) {
    path = DataLayout(root: directory).secret
    file = PrivateFile(storage, path)
  }

  /// Nil where none was made yet. Damage is told and not replaced: what was hashed with the lost bytes
  /// could not be recognised with others.
  package func read() throws -> [UInt8]? {
    guard let bytes = try file.read(maximumBytes: Self.byteCount) else { return nil }
    guard bytes.count == Self.byteCount else {
      throw JournalError.damaged(
        path, offset: bytes.count, "Expected \(Self.byteCount) bytes; found \(bytes.count).")
    }
    return bytes
  }

  /// To be called by whoever holds the directory's lock. They are durable before this returns.
  package func make() throws -> [UInt8] {
    let bytes = Self.random()
    try file.replace(with: bytes)
    return bytes
  }

  package static func random() -> [UInt8] {
    var generator = SystemRandomNumberGenerator()
    return (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }
}
