import Wire

/// The one entry of a chatflow.
package struct TriggerNode: NodeContent {
  package static let typeName = "trigger"
  package static let summary =
    "Where every guest enters. A flow has one, with one way out."
  package static let example =
    #"{}"#
  package static let traits: NodeTraits = .entry

  package init() {}
  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}

  package var handles: [String] { ["default"] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .blasting }
  /// Nobody is known to have written before.
  package func window(leavingBy handle: String) -> WindowChange { .closes }

  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    .leave("default")
  }
}
