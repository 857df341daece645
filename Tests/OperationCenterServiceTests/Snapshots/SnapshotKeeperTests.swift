import CampaignEngine
import JSONRPC
import Testing

@testable import OperationCenterService

/// When a snapshot is due, without a disk.
struct SnapshotKeeperTests {
  private let start = ContinuousClock.now
  private let job = JobToken(rawValue: 1)

  private func keeper(erasure: UnfinishedErasure? = nil) -> SnapshotKeeper {
    SnapshotKeeper(erasure: erasure, at: start)
  }

  @Test func `one is due once the journal has grown by as much as is usual`() {
    let keeper = keeper()
    #expect(!keeper.isDue(after: 99, of: 100, at: start))
    #expect(keeper.isDue(after: 100, of: 100, at: start))
  }

  @Test func `whoever asks for one gets it at once, also soon after a failure`() {
    var keeper = keeper()
    keeper.failed(at: start)
    #expect(!keeper.isDue(after: 100, of: 100, at: start + .seconds(59)))
    keeper.wait(job)
    #expect(keeper.isDue(after: 0, of: 100, at: start))
    #expect(keeper.takeWaiting() == [job])
    #expect(keeper.takeWaiting() == [])
    #expect(keeper.isDue(after: 100, of: 100, at: start + .seconds(60)))
  }

  @Test func `none is begun while one is being written`() {
    var keeper = keeper()
    keeper.began()
    keeper.wait(job)
    #expect(!keeper.isDue(after: 100, of: 100, at: start))
    keeper.succeeded()
    #expect(keeper.isDue(after: 0, of: 100, at: start))
  }

  @Test func `who has given up is not waited for`() {
    var keeper = keeper()
    keeper.wait(job)
    keeper.drop(job)
    #expect(!keeper.isDue(after: 0, of: 100, at: start))
  }

  @Test func `an erasure makes one due, and only a newer one ends it`() {
    var keeper = keeper()
    keeper.erased(after: 7, at: Timestamp(milliseconds: 1))
    keeper.erased(after: 9, at: Timestamp(milliseconds: 2))
    #expect(keeper.erasure?.since == Timestamp(milliseconds: 1))
    #expect(keeper.isDue(after: 0, of: 100, at: start))
    #expect(!keeper.endsErasure(with: 9))
    #expect(keeper.endsErasure(with: 10))
    keeper.erasureEnded()
    #expect(!keeper.isDue(after: 0, of: 100, at: start))
  }

  @Test func `failures in a row end with the next good one, or with nothing to write`() {
    var keeper = keeper()
    keeper.failed(at: start)
    keeper.failed(at: start)
    #expect(keeper.tally.failuresInARow == 2)
    keeper.hadNothingToWrite()
    #expect(keeper.tally.failuresInARow == 0)
    keeper.failed(at: start)
    keeper.began()
    keeper.succeeded()
    #expect((keeper.tally.made, keeper.tally.failed, keeper.tally.failuresInARow) == (1, 3, 0))
  }
}
