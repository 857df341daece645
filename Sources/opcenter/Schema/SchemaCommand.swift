/// `opcenter schema`: the description of all methods as files, for tools that generate clients and for
/// editors.
struct SchemaCommand {
  static let declaration = CommandDeclaration(
    name: "schema", summary: "Writes the description of all methods, events and files.",
    positionals: [
      .init(name: "DIR", summary: "the folder for the files; schema if absent", isRequired: false)
    ],
    options: [.flag("check", "Write nothing; fail if a file differs from what would be written.")],
    discussion: """
      openrpc.json has the methods, as OpenRPC 1.3.2. The others are of draft 7 of JSON Schema, which
      editors read: chatflow.schema.json of the files that run takes, simulator.schema.json of those
      that --simulator takes, events.schema.json of what subscribers are told.
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let folder = arguments.positional("DIR") ?? "schema"
    for file in ServiceDocument.files {
      let path = "\(folder)/\(file.name)"
      guard arguments.has("check") else {
        try Files.write(file.bytes, to: path)
        try StandardOutput.write(line: "wrote \(path)")
        continue
      }
      guard try Files.read(path) == file.bytes else {
        throw Refusal(message: "\(path) differs from the program; run opcenter schema")
      }
      try StandardOutput.write(line: "\(path) matches the program")
    }
    return .done
  }
}
