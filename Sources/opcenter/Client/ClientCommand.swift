import SchemaGeneration

/// `opcenter client`: the generated part of a client, made of this program's own methods.
struct ClientCommand {
  static let declaration = CommandDeclaration(
    name: "client", summary: "Writes the generated part of a client in another language.",
    positionals: [
      .init(name: "LANGUAGE", summary: "python or typescript"),
      .init(
        name: "DIR", summary: "the folder of the client; clients/LANGUAGE if absent",
        isRequired: false),
    ],
    options: [.flag("check", "Write nothing; fail if a file differs from what would be written.")],
    discussion: """
      What is written by hand stays as it is. A client that was made of another version of the schema \
      says so when it connects.
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let word = arguments.positional("LANGUAGE") ?? ""
    guard let language = ClientFiles.Language(rawValue: word) else {
      let known = ClientFiles.Language.allCases.map(\.rawValue).joined(separator: ", ")
      throw UsageError(message: "LANGUAGE is one of \(known); found \"\(word)\"", command: "client")
    }
    let folder = (arguments.positional("DIR") ?? "clients/\(word)") + "/" + language.folder
    let files = try ClientFiles.files(
      language, of: ServiceDocument.document, digest: ServiceDocument.digest)
    for file in files {
      let path = "\(folder)/\(file.name)"
      let bytes = Array(file.text.utf8)
      guard arguments.has("check") else {
        try Files.write(bytes, to: path)
        continue
      }
      guard try Files.read(path) == bytes else {
        throw Refusal(message: "\(path) differs from the program; run opcenter client \(word)")
      }
    }
    let verb = arguments.has("check") ? "match the program" : "written"
    try StandardOutput.write(line: "\(files.count) files in \(folder) \(verb)")
    return .done
  }
}
