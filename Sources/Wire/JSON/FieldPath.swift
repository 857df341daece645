/// Places in a value, as errors tell them: `guests[3].fields["a key"]`.
public enum FieldPath {
  /// A plain key stands behind a point, any other in brackets and quotes, so that no key looks like a
  /// path of several parts.
  public static func member(_ key: String, of path: String) -> String {
    guard isPlain(key) else { return "\(path)[\(quoted(key))]" }
    return path.isEmpty ? key : "\(path).\(key)"
  }

  private static func isPlain(_ key: String) -> Bool {
    !key.isEmpty && key.utf8.count <= Limits.echoLength
      && key.utf8.allSatisfy { byte in
        ASCII.isDigit(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == ASCII.minus
          || byte == 0x5F || byte == 0x24  // _ and $
      }
  }
}
