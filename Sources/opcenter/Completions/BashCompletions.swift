/// A script for bash: `source <(opcenter completions bash)`.
struct BashCompletions {
  let text: String

  init(_ words: CompletionWords) {
    let commands = words.program.commands
    var values = ""
    var others = ""
    for command in commands {
      for option in command.options where option.value != nil {
        values +=
          "    '\(command.name) --\(option.name)') \(Self.offer(words.place(of: option))) ;;\n"
      }
      let flags = (command.options.map { "--\($0.name)" } + ["--help"]).joined(separator: " ")
      let place = command.positionals.first.map(words.place(of:)) ?? .nothing
      others += """
            \(command.name))
              case $word in
                -*) offer='\(flags)' ;;
                *) \(Self.offer(place)) ;;
              esac ;;

        """
    }
    text = """
      # Completions of opcenter for bash. Load them with: source <(opcenter completions bash)
      _opcenter() {
        local word=${COMP_WORDS[COMP_CWORD]} offer= files=
        if [ "$COMP_CWORD" = 1 ]; then
          offer='\(commands.map(\.name).joined(separator: " "))'
        else
          case "${COMP_WORDS[1]} ${COMP_WORDS[COMP_CWORD-1]}" in
      \(values)    *)
          case ${COMP_WORDS[1]} in
      \(others)    esac ;;
          esac
        fi
        if [ -n "$files" ]; then
          mapfile -t COMPREPLY < <(compgen -f -- "$word")
        else
          mapfile -t COMPREPLY < <(compgen -W "$offer" -- "$word")
        fi
      }
      complete -o filenames -F _opcenter opcenter

      """
  }

  private static func offer(_ place: CompletionWords.Place) -> String {
    switch place {
    case .words(let words): "offer='\(words.joined(separator: " "))'"
    case .files: "files=yes"
    case .nothing: ":"
    }
  }
}
