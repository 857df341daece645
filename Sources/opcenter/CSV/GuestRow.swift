/// One row of a guest file, as text. What a value means is decided where it is imported; an
/// absent or empty one is nil, which keeps what is stored.
struct GuestRow: Equatable, Sendable {
  struct Field: Equatable, Sendable {
    var name: String
    var value: String
  }

  /// The physical line on which the row starts, counted from 1.
  var line: Int
  var externalID: String?
  var name: String?
  var phone: String?
  var category: String?
  var language: String?
  var partySize: String?
  var rsvp: String?
  var attendingCount: String?
  /// Separated by `;` in the file.
  var tags: [String]?
  var optedOut: String?
  var subscription: String?
  var timeZone: String?
  /// The custom fields that have a value, in the order of the columns.
  var fields: [Field] = []

  init(line: Int) {
    self.line = line
  }

  mutating func set(_ column: GuestColumn, to text: String) {
    switch column {
    case .known(.externalID): externalID = text
    case .known(.name): name = text
    case .known(.phone): phone = text
    case .known(.category): category = text
    case .known(.language): language = text
    case .known(.partySize): partySize = text
    case .known(.rsvp): rsvp = text
    case .known(.attendingCount): attendingCount = text
    case .known(.tags): tags = Self.tags(in: text)
    case .known(.optedOut): optedOut = text
    case .known(.subscription): subscription = text
    case .known(.timeZone): timeZone = text
    case .field(let name): fields.append(Field(name: name, value: text))
    }
  }

  /// The parts between the semicolons, without empty ones and without repetitions.
  private static func tags(in text: String) -> [String]? {
    var tags: [String] = []
    for part in text.utf8.split(separator: UInt8(ascii: ";")) {
      let tag = part.trimmed
      if !tag.isEmpty, !tags.contains(tag) { tags.append(tag) }
    }
    return tags.isEmpty ? nil : tags
  }
}

extension Substring.UTF8View {
  /// Without ASCII white space around it.
  var trimmed: String {
    let isSpace = { (byte: UInt8) in byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte) }
    guard let first = firstIndex(where: { !isSpace($0) }),
      let last = lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(Substring(self[first...last]))
  }
}
