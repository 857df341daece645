/// The executions of a campaign, in the order of their enrolment. Of each only its counter is kept.
package struct CampaignMembers: RandomAccessCollection, Sendable {
  private let space: UInt32
  private let counters: ChunkedList<UInt32>

  init(space: UInt32, _ counters: ChunkedList<UInt32>) {
    (self.space, self.counters) = (space, counters)
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { counters.count }

  package subscript(index: Int) -> ExecutionID {
    ExecutionID(space: space, counter: counters[index])
  }
}
