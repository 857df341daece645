/// Bytes as text of 64 characters (RFC 4648 section 4), filled up with `=`.
package enum Base64 {
  /// Nil where a character is none of them, or the end is not filled up: nothing is passed over.
  package static func bytes(_ text: String) -> [UInt8]? {
    var rest = Array(text.utf8)[...]
    guard rest.count.isMultiple(of: 4) else { return nil }
    let padding = rest.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
    rest.removeLast(padding)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rest.count / 4 * 3 + 2)
    var (bits, count): (UInt32, Int) = (0, 0)
    for character in rest {
      let value = values[Int(character)]
      guard value < 64 else { return nil }
      bits = bits << 6 | UInt32(value)
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }

  /// By character; 64 where it is none.
  private static let values: [UInt8] = {
    var values = [UInt8](repeating: 64, count: 256)
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    for (value, character) in alphabet.utf8.enumerated() {
      values[Int(character)] = UInt8(value)
    }
    return values
  }()
}
