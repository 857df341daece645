/// `opcenter schema`: the description of all methods as a file, for tools that generate clients.
struct SchemaCommand {
  static let declaration = CommandDeclaration(
    name: "schema", summary: "Writes the description of all methods, as OpenRPC 1.3.2.",
    positionals: [
      .init(
        name: "DIR", summary: "the folder for openrpc.json; schema if absent", isRequired: false)
    ],
    options: [.flag("check", "Write nothing; fail if the file differs from what would be written.")]
  )

  let arguments: Arguments

  func run() throws -> ExitCode {
    let path = (arguments.positional("DIR") ?? "schema") + "/openrpc.json"
    let document = ServiceDocument.file
    guard arguments.has("check") else {
      try Files.write(document, to: path)
      try StandardOutput.write(line: "wrote \(path)")
      return .done
    }
    guard try Files.read(path) == document else {
      throw Refusal(message: "\(path) differs from the methods; run opcenter schema")
    }
    try StandardOutput.write(line: "\(path) matches the methods")
    return .done
  }
}
