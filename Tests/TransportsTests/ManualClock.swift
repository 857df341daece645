import Synchronization

final class ManualClock: Sendable {
  private let now = Atomic<Int64>(1_000_000)

  var milliseconds: Int64 { now.load(ordering: .relaxed) }

  func advance(milliseconds: Int64) {
    now.add(milliseconds, ordering: .relaxed)
  }
}
