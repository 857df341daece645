import Wire

/// Ends the execution with an outcome.
package struct EndNode: NodeContent {
  package static let typeName = "end"
  package static let summary =
    "Ends the way of a guest with an outcome that statistics count."
  package static let example =
    #"{"outcome": "attending"}"#

  package var outcome = ""
  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "outcome", &outcome, "What became of the guest, in one word.", .pattern(.handle))
  }

  package var handles: [String] { [] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .completion }

  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    .end(outcome: outcome)
  }
}
