import Wire

/// A function for zsh, in a file `_opcenter` of a folder of `$fpath`.
struct ZshCompletions {
  let text: String

  init(_ words: CompletionWords) {
    let commands = words.program.commands
    let described = commands.map {
      "    \(Self.quoted("\($0.name):\(Self.plain($0.summary))"))\n"
    }.joined()
    let cases = commands.map { command in
      var arguments = command.options.map { option in
        let star = option.isRepeatable ? "*" : ""
        let value = option.value.map { ":\($0):\(Self.action(words.place(of: option)))" } ?? ""
        return "\(star)--\(option.name)[\(Self.plain(option.summary))]\(value)"
      }
      arguments += command.positionals.enumerated().map { place, positional in
        let number = positional.isRepeatable ? "*" : "\(place + 1)"
        return "\(number):\(positional.name):\(Self.action(words.place(of: positional)))"
      }
      let lines = (arguments + ["--help[Shows its help.]"]).map { "        \(Self.quoted($0))" }
      return
        "    \(command.name))\n      _arguments \\\n\(lines.joined(separator: " \\\n"))\n      ;;\n"
    }.joined()
    text = """
      #compdef opcenter
      # Completions of opcenter for zsh: put this file into a folder of $fpath as _opcenter.
      _opcenter() {
        local -a commands
        commands=(
      \(described)  )
        if (( CURRENT == 2 )); then
          _describe command commands
          return
        fi
        shift words
        (( CURRENT-- ))
        case $words[1] in
      \(cases)  esac
      }
      if [ "$funcstack[1]" = _opcenter ]; then
        _opcenter "$@"
      else
        compdef _opcenter opcenter
      fi

      """
  }

  private static func action(_ place: CompletionWords.Place) -> String {
    switch place {
    case .words(let words): "(\(words.joined(separator: " ")))"
    case .files: "_files"
    case .nothing: " "
    }
  }

  /// Without what has a meaning to `_arguments`.
  private static func plain(_ text: String) -> String {
    text.replacing(text: "[", with: "(").replacing(text: "]", with: ")").replacing(
      text: ":", with: ";")
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing(text: "'", with: "'\\''") + "'"
  }
}
