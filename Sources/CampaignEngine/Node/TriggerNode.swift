import Wire

/// The one entry of a chatflow.
package struct TriggerNode: NodeContent {
  package static let summary =
    "Where every guest enters. A flow has one, with one way out."
  package static let example =
    #"{}"#

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
  package var handles: [String] { ["default"] }
  package func check(_ check: inout NodeCheck) {}
}
