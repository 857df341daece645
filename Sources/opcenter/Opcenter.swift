import OperationCenterService
import Persistence
import SchemaGeneration
import Transports
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@main
enum Opcenter {
  static let program = ProgramDeclaration(
    name: "opcenter", summary: "Runs campaigns of WhatsApp invitations.",
    commands: [
      RunCommand.declaration, ServeCommand.declaration, CallCommand.declaration,
      WatchCommand.declaration, ModelContextCommand.declaration, ExportCommand.declaration,
      TokenCommand.declaration,
      VerifyCommand.declaration, SchemaCommand.declaration, ClientCommand.declaration,
      CompletionsCommand.declaration,
      CommandDeclaration(
        name: "help", summary: "Explains a command, or a method of the service.",
        positionals: [
          .init(name: "COMMAND", summary: "the command or the method", isRequired: false)
        ]),
    ])

  static func main() {
    Descriptor.openMissingStandards()
    // Output that nobody reads, or past a size limit, is an error that a command reports itself.
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    exit(run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }

  static func run(_ words: [String]) -> ExitCode {
    do {
      guard let name = words.first else {
        StandardError.write(program.help())
        return .wrongUsage
      }
      switch name {
      case "--version":
        try StandardOutput.write(line: "opcenter \(programVersion)")
        return .done
      case "--help", "-h": return try help(nil)
      default: return try run(program.command(named: name), Array(words.dropFirst()))
      }
    } catch {
      return report(error)
    }
  }

  private static func run(_ command: CommandDeclaration, _ words: [String]) throws -> ExitCode {
    let arguments = try Arguments(words, for: command)
    if arguments.isHelpRequested { return try help(command) }
    switch command.name {
    case "run": return try RunCommand(arguments: arguments).run()
    case "serve": return try ServeCommand(arguments: arguments).run()
    case "call": return try CallCommand(arguments: arguments).run()
    case "export": return try ExportCommand(arguments: arguments).run()
    case "token": return try TokenCommand(arguments: arguments).run()
    case "mcp": return try ModelContextCommand(arguments: arguments).run()
    case "watch": return try WatchCommand(arguments: arguments).run()
    case "verify": return try VerifyCommand(arguments: arguments).run()
    case "schema": return try SchemaCommand(arguments: arguments).run()
    case "client": return try ClientCommand(arguments: arguments).run()
    case "completions": return try CompletionsCommand(arguments: arguments).run()
    default:
      guard let name = arguments.positional("COMMAND") else { return try help(nil) }
      return name.contains(".") ? try help(method: name) : try help(program.command(named: name))
    }
  }

  private static func help(method name: String) throws -> ExitCode {
    let columns = TerminalStyle(descriptor: STDOUT_FILENO).columns
    guard let help = try MethodHelp(name, of: ServiceDocument.document, columns: columns) else {
      let nearest = Spelling.nearest(to: name, among: ServiceDocument.methodNames)
      let hint = nearest.map { "; did you mean \($0)?" } ?? "; schema/README.md lists them all"
      throw UsageError(message: "no method \(TerminalText.printable(name))" + hint)
    }
    try StandardOutput.write(help.text)
    return .done
  }

  private static func help(_ command: CommandDeclaration?) throws -> ExitCode {
    let columns = TerminalStyle(descriptor: STDOUT_FILENO).columns
    let text =
      command.map { $0.help(of: program.name, maximumCells: columns) }
      ?? program.help(maximumCells: columns)
    try StandardOutput.write(text)
    return .done
  }

  /// One sentence for people, and the exit code that says what kind it is.
  private static func report(_ error: any Error) -> ExitCode {
    switch error {
    case let error as UsageError:
      StandardError.write("opcenter: \(error.message)\n")
      if let command = error.command { StandardError.write("see opcenter help \(command)\n") }
      return .wrongUsage
    case is JournalError, is StorageError, is UnreadableData, is PrivateFile.Fault, is FileFailure:
      StandardError.write("opcenter: \(error.sentence)\n")
      return .storage
    default:
      StandardError.write("opcenter: \(error.sentence)\n")
      return .refused
    }
  }
}
