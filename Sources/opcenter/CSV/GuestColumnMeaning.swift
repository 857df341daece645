import CampaignEngine
import Wire

/// What is done with a column of a guest file.
enum GuestColumnMeaning: Hashable, Sendable {
  case column(GuestColumn)
  /// A name that has no other part.
  case fullName
  /// Parts of one name, joined in this order.
  case firstName
  case lastName
  /// Not read.
  case leftOut

  /// As `--map` names it: `phone`, `fields.table`, `first_name`, `last_name`, `-`.
  init?(named text: String) {
    switch text {
    case "-": self = .leftOut
    case "first_name": self = .firstName
    case "last_name": self = .lastName
    default:
      guard let column = GuestColumn(title: text) else { return nil }
      // The service has no field of another name.
      if case .field(let name) = column, !Pattern.handle.matches(name) { return nil }
      self = .column(column)
    }
  }

  var name: String {
    switch self {
    case .column(let column): column.title
    case .fullName: "name"
    case .firstName: "first_name"
    case .lastName: "last_name"
    case .leftOut: "-"
    }
  }

  /// What it says something of: two columns may say the same only where that is meant.
  var column: GuestColumn? {
    switch self {
    case .column(let column): column
    case .fullName, .firstName, .lastName: .attribute(.name)
    case .leftOut: nil
    }
  }
}

/// `Mobile no=phone`: a title of the file, and what its column is.
struct GuestColumnMap: Sendable {
  private(set) var entries: [(title: String, meaning: GuestColumnMeaning)] = []

  static let option = CommandDeclaration.Option.value(
    "map", "TITLE=COLUMN",
    "What a column of the list is: phone, name, first_name, fields.NAME to keep it as it is, or - to leave it out.",
    isRepeatable: true)

  init() {}

  init(_ arguments: Arguments) throws(UsageError) {
    for text in arguments.values("map") {
      guard let equals = text.unicodeScalars.lastIndex(of: "=") else {
        throw UsageError(
          message:
            "--map needs TITLE=COLUMN, such as \"Mobile no=phone\"; found \(Self.shown(text))",
          command: arguments.commandName)
      }
      let title = String(text.unicodeScalars[..<equals])[...].utf8.trimmed
      let name = String(text.unicodeScalars[equals...].dropFirst())[...].utf8.trimmed
      guard let meaning = GuestColumnMeaning(named: name) else {
        let hint = GuestColumn.nearest(to: name).map { "; did you mean \($0)?" } ?? ""
        throw UsageError(
          message: "--map \(Self.shown(text)): there is no column \(Self.shown(name))" + hint,
          command: arguments.commandName)
      }
      let before = entries.first { GuestHeader.isSame($0.title, title) }
      guard before?.meaning ?? meaning == meaning else {
        throw UsageError(
          message: "--map says two things of \(Self.shown(title))", command: arguments.commandName)
      }
      entries.append((title, meaning))
    }
  }

  init(_ entries: [(title: String, meaning: GuestColumnMeaning)]) { self.entries = entries }

  private static func shown(_ text: String) -> String { TerminalText.printable(text) }
}
