/// What a field list says about a field beside its name and type.
///
/// A rule is checked when JSON is read. The binary form is our own and may be older than a rule, so
/// it is read without.
public struct Rule: Sendable {
  /// Unicode scalars of a text, elements of an array, entries of a map.
  public let allowedLength: ClosedRange<Int>?
  /// The length of each element of an array, and of each value of a map.
  public let allowedElementLength: ClosedRange<Int>?
  /// Integers.
  public let allowedRange: ClosedRange<Int64>?
  /// Texts.
  public let requiredPattern: Pattern?
  public let isDefaulted: Bool
  public let isOmittable: Bool

  @inlinable
  init(
    allowedLength: ClosedRange<Int>? = nil, allowedElementLength: ClosedRange<Int>? = nil,
    allowedRange: ClosedRange<Int64>? = nil, requiredPattern: Pattern? = nil,
    isDefaulted: Bool = false, isOmittable: Bool = false
  ) {
    self.allowedLength = allowedLength
    self.allowedElementLength = allowedElementLength
    self.allowedRange = allowedRange
    self.requiredPattern = requiredPattern
    self.isDefaulted = isDefaulted
    self.isOmittable = isOmittable
  }

  /// What an array asks of each element: its own length is not theirs.
  @inlinable
  var forElements: Rule {
    Rule(
      allowedLength: allowedElementLength, allowedRange: allowedRange,
      requiredPattern: requiredPattern)
  }
}

extension Rule {
  /// Something of a text or a number itself is ruled.
  var restrictsScalars: Bool {
    allowedLength != nil || allowedRange != nil || requiredPattern != nil
  }

  @inlinable
  public static var none: Rule { Rule() }

  @inlinable
  public static func length(_ range: ClosedRange<Int>) -> Rule { Rule(allowedLength: range) }

  /// Of what is in an array or a map.
  @inlinable
  public static func each(length range: ClosedRange<Int>) -> Rule {
    Rule(allowedElementLength: range)
  }

  @inlinable
  public static func range(_ range: ClosedRange<Int64>) -> Rule { Rule(allowedRange: range) }

  @inlinable
  public static func pattern(_ pattern: Pattern) -> Rule { Rule(requiredPattern: pattern) }

  /// The field may be absent or null and then keeps the value which `init()` gave.
  @inlinable
  public static var defaulted: Rule { Rule(isDefaulted: true) }

  /// An Optional that is left out when nil, where others are written as null.
  @inlinable
  public static var omittable: Rule { Rule(isOmittable: true) }

  @inlinable
  public func length(_ range: ClosedRange<Int>) -> Rule {
    Rule(
      allowedLength: range, allowedElementLength: allowedElementLength, allowedRange: allowedRange,
      requiredPattern: requiredPattern,
      isDefaulted: isDefaulted, isOmittable: isOmittable)
  }

  /// Of what is in an array or a map.
  @inlinable
  public func each(length range: ClosedRange<Int>) -> Rule {
    Rule(
      allowedLength: allowedLength, allowedElementLength: range, allowedRange: allowedRange,
      requiredPattern: requiredPattern, isDefaulted: isDefaulted, isOmittable: isOmittable)
  }

  @inlinable
  public func range(_ range: ClosedRange<Int64>) -> Rule {
    Rule(
      allowedLength: allowedLength, allowedElementLength: allowedElementLength, allowedRange: range,
      requiredPattern: requiredPattern,
      isDefaulted: isDefaulted, isOmittable: isOmittable)
  }

  @inlinable
  public func pattern(_ pattern: Pattern) -> Rule {
    Rule(
      allowedLength: allowedLength, allowedElementLength: allowedElementLength,
      allowedRange: allowedRange, requiredPattern: pattern,
      isDefaulted: isDefaulted, isOmittable: isOmittable)
  }

  @inlinable
  public var defaulted: Rule {
    Rule(
      allowedLength: allowedLength, allowedElementLength: allowedElementLength,
      allowedRange: allowedRange, requiredPattern: requiredPattern,
      isDefaulted: true, isOmittable: isOmittable)
  }

  @inlinable
  public var omittable: Rule {
    Rule(
      allowedLength: allowedLength, allowedElementLength: allowedElementLength,
      allowedRange: allowedRange, requiredPattern: requiredPattern,
      isDefaulted: isDefaulted, isOmittable: true)
  }
}
