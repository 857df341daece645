/// A type that lists its fields once; reading, writing and describing follow from the list.
///
/// The list is append-only: positional params and binary records depend on its order. A list may
/// check what it read, after its last field, by throwing an error with a relative path.
public protocol WireObject: WireValue {
  /// Gives the defaults, and what the fields hold before they are read.
  init()
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError)
  /// The type's own name without its module, unless overridden.
  static var schemaName: String { get }
  /// What it is, in sentences; where it is empty, the first place that holds one tells.
  static var documentation: String { get }
}

extension WireObject {
  public static var schemaName: String { typeName(of: Self.self) }
  public static var documentation: String { "" }

  @inlinable
  public static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    var value = Self()
    var object = try ObjectReader(reader)
    do throws(WireError) {
      try value.fields(&object)
    } catch {
      throw object.located(error)
    }
    if !object.hasTakenEverything {
      throw object.surplus(knownNames: KnownNames.of(value))
    }
    reader.index = object.end
    return value
  }

  @inlinable
  public func write(_ writer: inout JSONWriter) {
    var copy = self
    writer.beginObject()
    do throws(WireError) {
      try copy.fields(&writer)
    } catch {
      // Only a check at the end of the list can throw here, and what it checks is written by then.
    }
    writer.endObject()
  }

  @inlinable
  public static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    var value = Self()
    let outerLimit = try reader.beginObject()
    try value.fields(&reader)
    try reader.endObject(outerLimit)
    return value
  }

  @inlinable
  public func writeBinary(_ writer: inout BinaryWriter) {
    var copy = self
    let start = writer.beginObject()
    do throws(WireError) {
      try copy.fields(&writer)
    } catch {
      // As in `write`.
    }
    writer.endObject(start)
  }

  public static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    recorder.object(Self.self)
  }
}
