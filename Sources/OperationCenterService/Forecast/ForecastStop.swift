import Synchronization

/// Tells a forecast on its own thread that nobody waits for it any more.
final class ForecastStop: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}
