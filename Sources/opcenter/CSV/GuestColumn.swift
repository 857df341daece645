import CampaignEngine
import Wire

/// What a column of a guest file means.
enum GuestColumn: Hashable, Sendable {
  case attribute(GuestAttribute)
  case known(Name)
  /// `fields.table` is the custom field `table`.
  case field(String)

  enum Name: String, CaseIterable, Sendable {
    case rsvp
    case attendingCount = "attending_count"
    case tags
    case optedOut = "opted_out"
    case subscription
  }

  /// People write `Party Size` and `party-size` for `party_size`. The name of a custom field
  /// is kept as it is written.
  init?(title: String) {
    let folded = Self.folded(title)
    if let attribute = GuestAttribute(name: folded) {
      self = .attribute(attribute)
    } else if let name = Name(rawValue: folded) {
      self = .known(name)
    } else if folded.hasPrefix(Self.fieldPrefix), folded != Self.fieldPrefix {
      self = .field(String(title.unicodeScalars.dropFirst(Self.fieldPrefix.count)))
    } else {
      return nil
    }
  }

  var title: String {
    switch self {
    case .attribute(let attribute): attribute.name
    case .known(let name): name.rawValue
    case .field(let name): Self.fieldPrefix + name
    }
  }

  /// Without these a row says something else than was meant.
  var mustBeInEachRow: Bool {
    switch self {
    case .attribute(let attribute): attribute.isRequired
    case .known(.optedOut), .known(.subscription): true
    case .known, .field: false
    }
  }

  /// The known name that was most likely meant.
  static func nearest(to title: String) -> String? {
    Spelling.nearest(to: folded(title), among: names)
  }

  private static let names = GuestAttribute.all.map(\.name) + Name.allCases.map(\.rawValue)

  private static let fieldPrefix = "fields."

  private static func folded(_ title: String) -> String {
    String(
      String.UnicodeScalarView(
        title.unicodeScalars.map { scalar in
          switch scalar {
          case " ", "-": "_"
          case "A"..."Z": Unicode.Scalar(UInt8(scalar.value) | 0x20)
          default: scalar
          }
        }))
  }
}
