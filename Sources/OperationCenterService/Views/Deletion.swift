import Wire

/// What is left to say of something that was deleted.
package struct Deletion: WireObject {
  package var id = ""
  package var isDeleted = true

  package init() {}
  init(_ id: String) { self.id = id }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier of what is gone.")
    try visit.field("deleted", &isDeleted, "Always true.")
  }
}
