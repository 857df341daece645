/// One of several shapes; a tag says which. A field list holds it by `FieldVisitor.union`.
public protocol WireUnion: Sendable {
  associatedtype Tag: WireEnum
  var tag: Tag { get }
  /// The case with empty fields, to be filled by `caseFields`.
  init(tag: Tag)
  mutating func caseFields(_ visit: inout some FieldVisitor) throws(WireError)
}
