import Wire

/// The one entry of a chatflow.
package struct TriggerNode: NodeContent {
  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
  package var handles: [String] { ["default"] }
  package func check(_ check: inout NodeCheck) {}
}
