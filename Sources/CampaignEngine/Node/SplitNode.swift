import Wire

/// Shares guests out by weight. A guest always gets the same arm of a node: the share is a hash of
/// the two, not a draw.
package struct SplitNode: NodeContent {
  package static let typeName = "split"
  package static let summary =
    "Shares guests out by weight; a guest always takes the same arm."
  package static let example =
    #"{"arms": [{"handle": "warm", "weight": 70}, {"handle": "brief", "weight": 30}]}"#

  package var arms: [Arm] = []

  package struct Arm: WireObject, Equatable {
    package var handle = ""
    package var weight: Int64 = 1
    package init() {}

    package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("handle", &handle, "Way out of this arm.", .pattern(.handle))
      try visit.field("weight", &weight, "Its share among the weights.", .range(0...1_000_000))
    }
  }

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("arms", &arms, "Two or more arms.", .length(2...20))
  }

  package var handles: [String] { arms.map(\.handle) }
  package func usualPhase(isBeforeWait: Bool) -> Phase { .processing }

  package func act(on input: NodeInput, _ visit: Visit, in engine: inout Engine) -> NodeResult {
    .leave(handle(guest: visit.guest, nodeID: visit.node.id))
  }

  package func check(_ check: inout NodeCheck) {
    check.unique(arms.map(\.handle), field: "arms")
    if arms.allSatisfy({ $0.weight == 0 }) {
      check.error("out_of_range", "All weights are 0.", "Give one arm a weight.", "arms")
    }
  }

  package func handle(guest: GuestID, nodeID: String) -> String {
    let total = arms.reduce(0) { $0 + UInt64($1.weight) }
    guard total > 0 else { return arms.first?.handle ?? "" }
    var hash = StableHash()
    hash.add(guest.rawValue)
    hash.add(nodeID)
    var rest = hash.value % total
    for arm in arms {
      if rest < UInt64(arm.weight) { return arm.handle }
      rest -= UInt64(arm.weight)
    }
    return arms[arms.count - 1].handle
  }
}
