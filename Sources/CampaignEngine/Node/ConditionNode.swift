import Wire

/// Takes the way out of the first case that holds.
package struct ConditionNode: NodeContent {
  package static let typeName = "condition"
  package static let summary =
    "Takes the first case that holds for the guest, else the way out default."
  package static let example =
    #"{"cases": [{"handle": "vip", "when": {"categories": ["vip"]}}, {"handle": "big", "when": {"query": "party_size > 4"}}]}"#

  package var cases: [Case] = []

  package struct Case: WireObject {
    package var handle = ""
    package var when = GuestFilter()
    package init() {}

    package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("handle", &handle, "Way out of this case.", .pattern(.handle))
      try visit.field("when", &when, "Holds for guests that match this filter.")
    }
  }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("cases", &cases, "Tried in order.", .length(1...20))
  }

  package var handles: [String] { cases.map(\.handle) + ["else"] }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .processing }

  package var reads: NodeReads {
    var reads = NodeReads()
    reads.queries = cases.compactMap(\.when.query)
    reads.paths = cases.flatMap(\.when.reads)
    reads.events = cases.flatMap(\.when.namedEvents)
    return reads
  }

  package func check(_ check: inout NodeCheck) {
    check.unique(cases.map(\.handle), field: "cases")
    for item in cases where item.handle == "else" {
      check.error(
        "reserved_handle", "\"else\" is a way out of every condition.",
        "Give the case another handle.", "cases")
    }
    for (index, item) in cases.enumerated() {
      check.filter(item.when, ofCase: item.handle, field: "cases[\(index)].when")
    }
  }
}
