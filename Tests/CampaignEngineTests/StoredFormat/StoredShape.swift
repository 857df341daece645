import Wire

/// How a value stands on the disk, apart from the names that its Swift types have.
indirect enum StoredShape: Equatable {
  /// A number, a text or another value that holds no values of ours; its form is its own.
  case leaf(String)
  case enumeration(String)
  case object(String)
  case list(StoredShape)
  case optional(StoredShape)
  case map(StoredShape)
  case patch(StoredShape)
  /// The tag; each of its cases is an object of its own, `Tag.case`.
  case union(String)
  /// Keys that no field took.
  case extras
}

/// What holds values of another type.
protocol StoredContainer: WireValue {
  static var content: any WireValue.Type { get }
  static func shape(of content: StoredShape) -> StoredShape
  /// Anything about it beside its contents, such as the keys of a map.
  var outline: String { get }
  var contents: [any WireValue] { get }
}

extension Array: StoredContainer where Element: WireValue {
  static var content: any WireValue.Type { Element.self }
  static func shape(of content: StoredShape) -> StoredShape { .list(content) }
  var outline: String { "\(count)" }
  var contents: [any WireValue] { self }
}

extension Optional: StoredContainer where Wrapped: WireValue {
  static var content: any WireValue.Type { Wrapped.self }
  static func shape(of content: StoredShape) -> StoredShape { .optional(content) }
  var outline: String { self == nil ? "none" : "some" }
  var contents: [any WireValue] { map { [$0] } ?? [] }
}

extension WireMap: StoredContainer {
  static var content: any WireValue.Type { Value.self }
  static func shape(of content: StoredShape) -> StoredShape { .map(content) }
  var outline: String { keys.map { "\($0.utf8.count):\($0)" }.joined() }
  var contents: [any WireValue] { entries.map(\.value) }
}

extension Patch: StoredContainer {
  static var content: any WireValue.Type { Value.self }
  static func shape(of content: StoredShape) -> StoredShape { .patch(content) }
  var outline: String { contents.isEmpty ? (isOmitted ? "keep" : "clear") : "set" }
  var contents: [any WireValue] { if case .set(let value) = self { [value] } else { [] } }
}
