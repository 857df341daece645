/// Wrong tokens by address. Whoever gives many is answered late, but never shut out: all who come
/// from one machine share an address, and anyone among them could shut out the others.
struct FailureTable: Sendable {
  /// In so many milliseconds …
  static let windowMilliseconds: Int64 = 60_000
  /// … so many failures slow an address down.
  static let failures = 5
  static let slowMilliseconds: Int64 = 10_000
  /// Addresses remembered. Beyond, the one whose last failure is longest ago is forgotten.
  static let addresses = 1024

  /// The newest failures, oldest first.
  private(set) var times: [String: [Int64]] = [:]

  mutating func add(_ host: String, at now: Int64) {
    if times[host] == nil, times.count >= Self.addresses { forget(at: now) }
    times[host] = (times[host, default: []] + [now]).suffix(Self.failures)
  }

  func isSlow(_ host: String, at now: Int64) -> Bool {
    guard let known = times[host], known.count == Self.failures else { return false }
    return known[0] > now - Self.windowMilliseconds
  }

  private mutating func forget(at now: Int64) {
    times = times.filter { ($0.value.last ?? 0) > now - Self.windowMilliseconds }
    guard times.count >= Self.addresses else { return }
    let stalest = times.min { ($0.value.last ?? 0, $0.key) < ($1.value.last ?? 0, $1.key) }
    if let stalest { times[stalest.key] = nil }
  }
}
