import Wire

/// A value that a guest's field or an execution's variable holds. JSON numbers that are not
/// integers are kept as their text, so nothing is rounded.
package enum Scalar: Hashable, Sendable {
  case text(String)
  case integer(Int64)

  package var text: String {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    }
  }

  package var integer: Int64? {
    switch self {
    case .text(let text): Int64(text)
    case .integer(let number): number
    }
  }
}

extension Scalar: WireValue {
  package static func read(_ reader: inout JSONReader, _ rule: Rule) throws(WireError) -> Self {
    switch reader.kind {
    case .text: return .text(try String.read(&reader, rule))
    case .number:
      let text = reader.numberText()
      return Int64(text).map(Scalar.integer) ?? .text(text)
    case .boolean: return .text(try Bool.read(&reader, .none) ? "yes" : "no")
    case .null, .array, .object:
      // What is wrong inside is told before what it is.
      var inside = reader
      _ = try JSONValue.read(&inside, .none)
      throw reader.wrongType(expected: "a text, a number or a boolean")
    }
  }

  package func write(_ writer: inout JSONWriter) {
    switch self {
    case .text(let text): text.write(&writer)
    case .integer(let number): number.write(&writer)
    }
  }

  package static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> Self {
    try reader.byte() == 0 ? .text(try reader.string()) : .integer(try reader.signed())
  }

  package func writeBinary(_ writer: inout BinaryWriter) {
    switch self {
    case .text(let text):
      writer.byte(0)
      writer.string(text)
    case .integer(let number):
      writer.byte(1)
      writer.signed(number)
    }
  }

  package static func describe(_ recorder: inout SchemaRecorder) -> Schema {
    .named(
      NamedScalar(
        name: "Scalar",
        documentation:
          "A text, a number or a truth value. A whole number stays one; any other is kept as its text, and a truth value as yes or no.",
        base: .scalar, example: "\"veg\""))
  }
}
