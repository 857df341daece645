/// Sixteen random bytes that name a data directory for life. They stand in every file and are mixed into
/// every group's checksum, so a file of another store is never taken for one of ours, and nobody who can
/// put text into an event can forge a group inside it.
package struct StoreID: Hashable, Sendable, CustomStringConvertible {
  static let byteCount = 16

  package let bytes: [UInt8]

  /// Nil unless there are sixteen bytes.
  package init?(bytes: some Sequence<UInt8>) {
    self.bytes = Array(bytes)
    guard self.bytes.count == Self.byteCount else { return nil }
  }

  package init(using generator: inout some RandomNumberGenerator) {
    bytes = (0..<Self.byteCount).map { _ in .random(in: .min ... .max, using: &generator) }
  }

  /// What stands for "the group before" at the first group of all.
  var firstChain: UInt32 { CRC32C.checksum(of: bytes[...]) }

  package var description: String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
