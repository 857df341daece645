import Wire

/// What a command takes. The parser, the usage line and the help are all rendered from it, so that
/// they cannot disagree.
struct CommandDeclaration: Sendable {
  struct Option: Sendable {
    /// Without the two dashes.
    var name: String
    /// What stands for the value in the help, such as `FILE`; nil for a flag.
    var value: String?
    var summary: String
    /// The only values allowed; empty if any is.
    var choices: [String] = []
    /// What applies if it is absent, for the help.
    var standard: String?
    var isRequired = false
    var isRepeatable = false
    /// Options that cannot stand beside it.
    var excludes: [String] = []

    static func flag(_ name: String, _ summary: String, excludes: [String] = []) -> Option {
      Option(name: name, value: nil, summary: summary, excludes: excludes)
    }

    static func value(
      _ name: String, _ value: String, _ summary: String, choices: [String] = [],
      standard: String? = nil, isRequired: Bool = false, isRepeatable: Bool = false,
      excludes: [String] = []
    ) -> Option {
      Option(
        name: name, value: value, summary: summary, choices: choices, standard: standard,
        isRequired: isRequired, isRepeatable: isRepeatable, excludes: excludes)
    }
  }

  struct Positional: Sendable {
    /// As the help shows it, such as `METHOD`.
    var name: String
    var summary: String
    var choices: [String] = []
    var isRequired = true
    /// Takes all words that are left; only the last may.
    var isRepeatable = false
  }

  var name: String
  /// One sentence, for the list of commands and the top of the help.
  var summary: String
  var positionals: [Positional] = []
  var options: [Option] = []
  /// More for the help: examples, what is printed, exit codes.
  var discussion = ""
}

/// All commands of the program.
struct ProgramDeclaration: Sendable {
  var name: String
  var summary: String
  var commands: [CommandDeclaration]

  func command(named name: String) throws(UsageError) -> CommandDeclaration {
    if let command = commands.first(where: { $0.name == name }) { return command }
    let nearest = Spelling.nearest(to: name, among: commands.map(\.name))
    let hint = nearest.map { "; did you mean \($0)?" } ?? "; see \(self.name) help"
    throw UsageError(message: "unknown command \(TerminalText.printable(name))" + hint)
  }
}
