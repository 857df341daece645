/// The message that is arriving, and when it must be complete or have brought enough.
struct Arrival {
  private var frame: (ordinal: Int, deadline: Int64, receivedBytes: Int)?
  private var receivedBytes = 0

  var deadline: Int64? { frame?.deadline }

  mutating func add(_ count: Int) { receivedBytes &+= count }

  /// - Parameter ordinal: of the message that has begun and is not complete; nil where there is none.
  mutating func watch(_ ordinal: Int?, at now: Int64, _ limits: TransportLimits) {
    guard let ordinal else { return frame = nil }
    if frame?.ordinal != ordinal {
      frame = (ordinal, now + limits.frameMilliseconds, receivedBytes)
    }
  }

  /// Gives a message that has brought enough as much time again. True if it has.
  mutating func prolong(at now: Int64, _ limits: TransportLimits) -> Bool {
    guard let (ordinal, deadline, before) = frame, deadline <= now,
      receivedBytes &- before >= limits.frameProgressBytes
    else { return false }
    frame = (ordinal, now + limits.frameMilliseconds, receivedBytes)
    return true
  }
}
