/// A kind of text or number that has a name of its own, such as an identifier, a time or an amount.
public struct NamedScalar: Sendable, Equatable {
  public let name: String
  /// What it means, with its unit and its spelling.
  public let documentation: String
  public let base: Schema
  /// JSON of one such value.
  public let example: String

  public init(name: String, documentation: String, base: Schema, example: String) {
    (self.name, self.documentation) = (name, documentation)
    (self.base, self.example) = (base, example)
  }
}

extension NamedScalar {
  /// Fields of amounts end in `_micros`, in answers as in params.
  static let micros = NamedScalar(
    name: "Micros",
    documentation: "An amount of money in millionths of the sender's currency: 52000 is 0.052.",
    base: .integer(nil), example: "52000")
}

extension Schema {
  /// The field's name tells the unit of a plain number.
  func named(after field: String) -> Schema {
    guard field.hasSuffix("_micros") else { return self }
    return switch self {
    case .integer(nil): .named(.micros)
    case .nullable(let value): .nullable(value.named(after: field))
    default: self
    }
  }
}
