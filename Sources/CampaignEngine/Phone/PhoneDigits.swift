/// Up to 19 digits in the order written, zeros in front included, as one integer.
struct PhoneDigits: Equatable {
  private(set) var value: UInt64 = 0
  private(set) var count = 0

  /// The longest that is read: the exit prefix 0011 and 15 digits of E.164.
  static let limit = 19

  /// Of too many digits only the count is used.
  mutating func append(_ digit: UInt64) {
    if count < Self.limit { value = value * 10 + digit }
    count += 1
  }

  mutating func removeLast(_ dropped: Int) {
    self = PhoneDigits(value / power(dropped), count - dropped)
  }

  init() {}

  init(_ value: UInt64, _ count: Int) {
    self.value = value
    self.count = count
  }

  /// The first digits as a number; zeros behind where there are too few.
  func leading(_ length: Int) -> UInt64 {
    count >= length ? value / power(count - length) : value * power(length - count)
  }

  func dropping(_ length: Int) -> PhoneDigits {
    let left = max(count - length, 0)
    return PhoneDigits(value % power(left), left)
  }

  /// These digits behind others.
  func following(_ head: PhoneDigits) -> PhoneDigits {
    PhoneDigits(head.value * power(count) + value, head.count + count)
  }
}

private let powers: [UInt64] = (0...PhoneDigits.limit).reduce(into: [1]) { powers, _ in
  powers.append((powers.last ?? 1) &* 10)
}

private func power(_ exponent: Int) -> UInt64 { powers[min(max(exponent, 0), PhoneDigits.limit)] }
