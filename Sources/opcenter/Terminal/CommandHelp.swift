/// The help, rendered from the declaration.
extension CommandDeclaration {
  /// `opcenter run --guests FILE --chatflow FILE [--seed N] [--json]`
  func usage(of program: String) -> String {
    usageParts(of: program).joined(separator: " ")
  }

  /// An option and its value are one part: a line does not break between them.
  private func usageParts(of program: String) -> [String] {
    var parts = [program, name]
    for positional in positionals {
      let shown =
        positional.choices.isEmpty
        ? positional.name : positional.choices.joined(separator: "|")
      let repeated = positional.isRepeatable ? shown + "..." : shown
      parts.append(positional.isRequired ? repeated : "[" + repeated + "]")
    }
    for option in options.filter(\.isRequired) + options.filter({ !$0.isRequired }) {
      let repeated = option.isRepeatable ? option.shown + "..." : option.shown
      parts.append(option.isRequired ? repeated : "[" + repeated + "]")
    }
    return parts
  }

  func help(of program: String, maximumCells: Int = 80) -> String {
    var text = CommandHelp.wrapped(summary, indent: "", maximumCells: maximumCells)
    text += "\nUsage:\n"
    text += CommandHelp.lines(
      of: usageParts(of: program), indent: "  ", hanging: "      ", maximumCells: maximumCells)
    if !positionals.isEmpty {
      text += "\nArguments:\n"
      text += CommandHelp.definitions(
        positionals.map { ($0.name, $0.explanation) }, maximumCells: maximumCells)
    }
    let shownOptions = options.map { ($0.shown, $0.explanation) } + [("--help", "Shows this help.")]
    text += "\nOptions:\n"
    text += CommandHelp.definitions(shownOptions, maximumCells: maximumCells)
    if !discussion.isEmpty { text += "\n" + discussion + "\n" }
    return text
  }
}

extension ProgramDeclaration {
  func help(maximumCells: Int = 80) -> String {
    CommandHelp.wrapped(summary, indent: "", maximumCells: maximumCells)
      + "\nUsage:\n  \(name) COMMAND [OPTIONS]\n\nCommands:\n"
      + CommandHelp.definitions(
        commands.map { ($0.name, $0.summary) }, maximumCells: maximumCells)
      + "\n\(name) help COMMAND says more about one of them.\n"
  }
}

extension CommandDeclaration.Option {
  fileprivate var shown: String { value.map { "--\(name) \($0)" } ?? "--\(name)" }

  fileprivate var explanation: String {
    var text = summary
    if !choices.isEmpty { text += " One of \(choices.joined(separator: ", "))." }
    if let standard { text += " If absent: \(standard)." }
    if isRepeatable { text += " May be given several times." }
    return text
  }
}

extension CommandDeclaration.Positional {
  fileprivate var explanation: String {
    choices.isEmpty ? summary : "\(summary): \(choices.joined(separator: ", "))"
  }
}

enum CommandHelp {
  /// A term wider than this has its explanation on the next line.
  private static let widestTermCells = 24

  static func definitions(_ items: [(term: String, text: String)], maximumCells: Int) -> String {
    let widest = items.map { TerminalText.width($0.term) }.filter { $0 <= widestTermCells }.max()
    let indent = String(repeating: " ", count: 2 + (widest ?? 0) + 2)
    return items.map { item in
      let text = wrapped(item.text, indent: indent, maximumCells: maximumCells)
      let head = "  " + item.term
      let headCells = TerminalText.width(head)
      guard headCells + 2 <= indent.utf8.count else { return head + "\n" + text }
      return head + text.dropFirst(headCells)
    }.joined()
  }

  static func wrapped(_ text: String, indent: String, maximumCells: Int) -> String {
    lines(
      of: text.split(separator: " ").map(String.init), indent: indent, hanging: indent,
      maximumCells: maximumCells)
  }

  /// The words in lines of at most so many cells; a longer word stands alone. All lines but the
  /// first are indented by `hanging`.
  static func lines(
    of words: [String], indent: String, hanging: String, maximumCells: Int
  ) -> String {
    var text = ""
    var line = ""
    for word in words {
      if line.isEmpty {
        line = (text.isEmpty ? indent : hanging) + word
      } else if TerminalText.width(line) + 1 + TerminalText.width(word) <= maximumCells {
        line += " " + word
      } else {
        text += line + "\n"
        line = hanging + word
      }
    }
    return text + line + "\n"
  }
}
