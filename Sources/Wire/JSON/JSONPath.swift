/// Finds the path of a byte by walking the checked text again. Only failures pay for paths.
enum JSONPath {
  /// Turns an error of a reader into the caller's: the path to its position, then its own.
  static func complete(
    _ error: WireError, in bytes: UnsafeBufferPointer<UInt8>, root: String
  ) -> WireError {
    var error = error
    var path = error.position.map { find($0, in: bytes, root: root) } ?? root
    if !error.path.isEmpty { append(name: error.path, to: &path) }
    error.path = path
    return error
  }

  /// A position in a key or value belongs to that member; on a bracket, to the container.
  private static func find(
    _ position: Int, in bytes: UnsafeBufferPointer<UInt8>, root: String
  ) -> String {
    var reader = JSONReader(bytes)
    var path = root
    while reader.index < position {
      let isEntered: Bool
      switch reader.kind {
      case .object: isEntered = enterObject(&reader, position, &path)
      case .array: isEntered = enterArray(&reader, position, &path)
      default: isEntered = false
      }
      if !isEntered { break }
    }
    return path
  }

  /// Moves to the member's value that holds the position; false if there is none, or if it is the
  /// key that holds it.
  private static func enterObject(
    _ reader: inout JSONReader, _ position: Int, _ path: inout String
  ) -> Bool {
    reader.index += 1
    reader.skipWhitespace()
    guard reader.current == ASCII.quote else { return false }
    repeat {
      let keyStart = reader.index
      reader.skipString()
      let key = reader.unescaped(keyStart + 1..<max(keyStart + 1, reader.index - 1))
      reader.skipColon()
      let valueStart = reader.index
      reader.skipValue()
      if position < reader.index {
        guard keyStart <= position else { return false }
        path = FieldPath.member(String(decoding: key, as: UTF8.self), of: path)
        reader.index = valueStart
        return valueStart <= position
      }
    } while reader.takeComma()
    return false
  }

  private static func enterArray(
    _ reader: inout JSONReader, _ position: Int, _ path: inout String
  ) -> Bool {
    reader.index += 1
    reader.skipWhitespace()
    guard reader.current != ASCII.closeBracket else { return false }
    var offset = 0
    repeat {
      let valueStart = reader.index
      reader.skipValue()
      if position < reader.index {
        guard valueStart <= position else { return false }
        path += "[\(offset)]"
        reader.index = valueStart
        return true
      }
      offset += 1
    } while reader.takeComma()
    return false
  }

  /// A name of our own is taken as it is: it may be a path of several parts.
  private static func append(name: String, to path: inout String) {
    if !path.isEmpty && name.utf8.first != ASCII.openBracket { path += "." }
    path += name
  }
}
