/// The JSON form of values: in and out.
///
/// The entry points are generic and not inlined on purpose. They reach a type through its witness
/// table, and so its code as specialised in the type's own module; inlined into another module,
/// they would drag along an unspecialised copy of the field list.
public enum JSON {
  /// How many arrays and objects may stand inside one another.
  public static let maximumDepth = Limits.depth

  /// Checks grammar, UTF-8 and depth of one whole text, without recursion.
  public static func validate(
    _ bytes: UnsafeBufferPointer<UInt8>, maximumDepth: Int = maximumDepth
  ) throws(WireError) {
    var validator = JSONValidator(bytes, maximumDepth: maximumDepth)
    try validator.checkWholeText()
  }

  public static func validate(
    _ bytes: [UInt8], maximumDepth: Int = maximumDepth
  ) throws(WireError) {
    try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in
      try validate(buffer, maximumDepth: maximumDepth)
    }
  }

  /// Checks the text, then decodes it.
  public static func decode<Value: WireValue>(
    _ type: Value.Type, from bytes: [UInt8], root: String = ""
  ) throws(WireError) -> Value {
    try bytes.withUnsafeBufferPointer { (buffer) throws(WireError) in
      try validate(buffer)
      return try decode(type, fromValidated: buffer, root: root)
    }
  }

  /// Decodes one value that `validate` has passed, alone or as part of a larger text.
  public static func decode<Value: WireValue>(
    _ type: Value.Type, fromValidated bytes: UnsafeBufferPointer<UInt8>, root: String
  ) throws(WireError) -> Value {
    var reader = JSONReader(bytes)
    do throws(WireError) {
      return try Value.read(&reader, .none)
    } catch {
      throw JSONPath.complete(error, in: bytes, root: root)
    }
  }

  /// Params by position: element i is field i of the list; too many are refused.
  public static func decodePositional<Value: WireObject>(
    _ type: Value.Type, fromValidated bytes: UnsafeBufferPointer<UInt8>, root: String
  ) throws(WireError) -> Value {
    do throws(WireError) {
      var value = Value()
      var elements = try ObjectReader(positional: JSONReader(bytes))
      do throws(WireError) {
        try value.fields(&elements)
      } catch {
        throw elements.located(error)
      }
      guard elements.hasTakenEverything else { throw elements.surplusElement() }
      return value
    } catch {
      throw JSONPath.complete(error, in: bytes, root: root)
    }
  }

  public static func encode(_ value: some WireValue) -> [UInt8] {
    var writer = JSONWriter()
    value.write(&writer)
    return writer.finished()
  }
}
