import Wire

/// The words after a command's name, as its declaration understands them: `--name value`,
/// `--name=value`, flags and positionals in any order. After `--` every word is positional, and
/// `-` alone always is.
struct Arguments: Sendable {
  /// `--help` or `-h` was among the words; then nothing that is missing counts as an error.
  private(set) var isHelpRequested = false

  private let command: CommandDeclaration
  /// The values by option, in the order given; a flag that is present has none.
  private var options: [String: [String]] = [:]
  private(set) var positionals: [String] = []

  init(_ words: [String], for command: CommandDeclaration) throws(UsageError) {
    self.command = command
    isHelpRequested = Self.asksForHelp(words, of: command)
    guard !isHelpRequested else { return }
    var index = 0
    while index < words.count {
      let word = words[index]
      index += 1
      if word == "--" {
        for rest in words[index...] { try takePositional(rest) }
        break
      } else if word.hasPrefix("--") {
        try takeOption(word, words, &index)
      } else if word.hasPrefix("-"), word != "-" {
        throw unknownOption(word)
      } else {
        try takePositional(word)
      }
    }
    try checkPresence()
  }

  var commandName: String { command.name }

  func has(_ flag: String) -> Bool {
    options[declaration(of: flag).name] != nil
  }

  func value(_ option: String) -> String? {
    options[declaration(of: option).name]?.last
  }

  /// All values of an option that may be repeated.
  func values(_ option: String) -> [String] {
    options[declaration(of: option).name] ?? []
  }

  func integer(_ option: String, in range: ClosedRange<Int64>) throws(UsageError) -> Int64? {
    guard let text = value(option) else { return nil }
    guard let number = Int64(text), range.contains(number) else {
      throw UsageError(
        message: "--\(option) needs a whole number from \(range.lowerBound) to"
          + " \(range.upperBound); found \(quoted(text))",
        command: command.name)
    }
    return number
  }

  func positional(_ name: String) -> String? {
    guard let index = command.positionals.firstIndex(where: { $0.name == name }) else {
      preconditionFailure("The command \(command.name) declares no \(name).")
    }
    return index < positionals.count ? positionals[index] : nil
  }

  private func declaration(of name: String) -> CommandDeclaration.Option {
    guard let option = command.options.first(where: { $0.name == name }) else {
      preconditionFailure("The command \(command.name) declares no --\(name).")
    }
    return option
  }
}

extension Arguments {
  private mutating func takeOption(
    _ word: String, _ words: [String], _ index: inout Int
  ) throws(UsageError) {
    let parts = word.dropFirst(2).split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    guard let option = command.options.first(where: { $0.name == name }) else {
      throw unknownOption("--" + name)
    }
    guard options[name] == nil || option.isRepeatable else {
      throw refused("--\(name) is given twice")
    }
    guard let placeholder = option.value else {
      guard parts.count == 1 else { throw refused("--\(name) takes no value") }
      options[name] = []
      return
    }
    let value: String
    if parts.count == 2 {
      value = String(parts[1])
    } else if index < words.count, !words[index].hasPrefix("--") {
      value = words[index]
      index += 1
    } else {
      throw refused("--\(name) needs a value: --\(name) \(placeholder)")
    }
    guard !value.isEmpty else {
      throw refused("--\(name) needs a value: --\(name) \(placeholder)")
    }
    try checkChoice(value, option.choices, of: "--\(name)")
    options[name, default: []].append(value)
  }

  private mutating func takePositional(_ word: String) throws(UsageError) {
    let declared = command.positionals
    guard let last = declared.last, positionals.count < declared.count || last.isRepeatable else {
      throw refused("\(quoted(word)) is more than \(command.name) takes")
    }
    let positional = positionals.count < declared.count ? declared[positionals.count] : last
    try checkChoice(word, positional.choices, of: positional.name)
    positionals.append(word)
  }

  private func checkChoice(
    _ value: String, _ choices: [String], of name: String
  ) throws(UsageError) {
    guard !choices.isEmpty, !choices.contains(value) else { return }
    let nearest = Spelling.nearest(to: value, among: choices)
    let hint = nearest.map { "; did you mean \($0)?" } ?? ""
    throw refused(
      "\(name) is one of \(choices.joined(separator: ", ")); found \(quoted(value))" + hint)
  }

  private func checkPresence() throws(UsageError) {
    for option in command.options {
      if option.isRequired, options[option.name] == nil {
        throw refused("--\(option.name) \(option.value ?? "") is missing")
      }
      guard options[option.name] != nil else { continue }
      for other in option.excludes where options[other] != nil {
        throw refused("--\(option.name) and --\(other) cannot be combined")
      }
    }
    for (index, positional) in command.positionals.enumerated()
    where positional.isRequired && index >= positionals.count {
      throw refused("\(positional.name) is missing: \(positional.summary)")
    }
  }

  private func unknownOption(_ word: String) -> UsageError {
    let bare = String(word.drop { $0 == "-" })
    let nearest = Spelling.nearest(to: bare, among: command.options.map(\.name) + ["help"])
    let hint = nearest.map { "; did you mean --\($0)?" } ?? ""
    return refused("unknown option \(TerminalText.printable(word)) of \(command.name)" + hint)
  }

  /// `--help` counts only where an option may stand: not as the value of another, not after `--`.
  private static func asksForHelp(_ words: [String], of command: CommandDeclaration) -> Bool {
    let options = words.prefix { $0 != "--" }
    return options.indices.contains { index in
      guard options[index] == "--help" || options[index] == "-h" else { return false }
      guard options[index] == "-h", index > 0, options[index - 1].hasPrefix("--") else {
        return true
      }
      let before = options[index - 1].dropFirst(2)
      return !command.options.contains { $0.name == before && $0.value != nil }
    }
  }

  private func refused(_ message: String) -> UsageError {
    UsageError(message: message, command: command.name)
  }

  private func quoted(_ word: String) -> String {
    "\"" + TerminalText.fitted(TerminalText.printable(word), to: 60) + "\""
  }
}
