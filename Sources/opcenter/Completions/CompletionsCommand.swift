/// `opcenter completions`: what a shell offers while somebody types, made of the declarations of the
/// commands and of the registry of methods.
struct CompletionsCommand {
  static let declaration = CommandDeclaration(
    name: "completions", summary: "Prints what a shell needs to complete commands and methods.",
    positionals: [
      .init(name: "SHELL", summary: "the shell", choices: Shell.allCases.map(\.rawValue))
    ],
    discussion: """
      bash: source <(opcenter completions bash)
      zsh:  opcenter completions zsh > a folder of $fpath, under the name _opcenter
      """)

  enum Shell: String, CaseIterable { case bash, zsh }

  let arguments: Arguments

  func run() throws -> ExitCode {
    let words = CompletionWords(Opcenter.program)
    switch Shell(rawValue: arguments.positional("SHELL") ?? "") {
    case .bash?: try StandardOutput.write(BashCompletions(words).text)
    case .zsh?: try StandardOutput.write(ZshCompletions(words).text)
    case nil: throw UsageError(message: "SHELL is bash or zsh", command: "completions")
    }
    return .done
  }
}

/// What stands in which place.
struct CompletionWords {
  enum Place: Equatable {
    case words([String])
    case files
    /// Something that only the caller knows.
    case nothing
  }

  let program: ProgramDeclaration
  private let methods: [String]

  init(_ program: ProgramDeclaration) {
    self.program = program
    methods = ServiceDocument.methodNames
  }

  func place(of option: CommandDeclaration.Option) -> Place {
    if !option.choices.isEmpty { return .words(option.choices) }
    return Self.isPath(option.value ?? "") ? .files : .nothing
  }

  func place(of positional: CommandDeclaration.Positional) -> Place {
    if !positional.choices.isEmpty { return .words(positional.choices) }
    switch positional.name {
    case "METHOD": return .words(methods)
    case "COMMAND": return .words(program.commands.map(\.name) + methods)
    default: return Self.isPath(positional.name) ? .files : .nothing
    }
  }

  private static func isPath(_ name: String) -> Bool { name == "FILE" || name == "DIR" }
}
