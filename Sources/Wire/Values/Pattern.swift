/// A named rule for texts, written as code: there is no regular-expression engine on the way in.
///
/// Patterns are constants of the program. Their contents are never freed, so a rule that names one
/// is a plain value: field lists pass it on every visit, and none of them counts references.
public struct Pattern: Sendable {
  private final class Contents: Sendable {
    let name: String
    let expected: String
    let expression: String
    let matches: @Sendable (String) -> Bool

    init(
      _ name: String, _ expected: String, _ expression: String,
      _ matches: @escaping @Sendable (String) -> Bool
    ) {
      self.name = name
      self.expected = expected
      self.expression = expression
      self.matches = matches
    }
  }

  private let contents: Unmanaged<Contents>

  /// - Parameters:
  ///   - name: what the pattern is called among developers.
  ///   - expected: stands in messages after "expected": `1 to 64 of a-z, 0-9, _ and -`.
  ///   - expression: the same rule as an ECMA regular expression, for the schema.
  ///   - matches: the rule itself.
  public init(
    name: String, expected: String, expression: String,
    matches: @escaping @Sendable (String) -> Bool
  ) {
    contents = .passRetained(Contents(name, expected, expression, matches))
  }

  public var name: String { contents._withUnsafeGuaranteedRef { $0.name } }
  public var expected: String { contents._withUnsafeGuaranteedRef { $0.expected } }
  public var expression: String { contents._withUnsafeGuaranteedRef { $0.expression } }
  public var matches: @Sendable (String) -> Bool {
    contents._withUnsafeGuaranteedRef { $0.matches }
  }
}
