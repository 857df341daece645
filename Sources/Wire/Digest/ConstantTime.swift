/// Comparing secrets.
package enum ConstantTime {
  /// Looks at every byte, whichever differs first, so that its time tells nothing of the secret.
  package static func isSame(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count else { return false }
    var difference: UInt8 = 0
    for (byte, otherByte) in zip(one, other) { difference |= byte ^ otherByte }
    return difference == 0
  }
}
