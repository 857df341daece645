import CampaignEngine
import JSONRPC
import OperationCenterService
import Wire

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `opcenter token`: who else may call a service over TCP.
struct TokenCommand {
  static let declaration = CommandDeclaration(
    name: "token", summary: "Makes, lists and revokes tokens for callers of a service.",
    positionals: [
      .init(name: "ACTION", summary: "what to do", choices: ["create", "list", "revoke"]),
      .init(name: "NAME", summary: "whose token, such as dashboard", isRequired: false),
    ],
    options: [
      .value(
        "data", "DIR", "The service's folder; its file is DIR/tokens.", excludes: ["tokens"]),
      .value("tokens", "FILE", "The file, where the service was started with --tokens."),
      .value(
        "allow", "LIST", "What the holder may do, of query, operate, ingest, administer.",
        standard: "query, or what the methods of --methods need"),
      .value("methods", "LIST", "The only methods that the holder may call."),
      .value(
        "project", "ID", "The only project that the holder sees and works on, such as prj_1."),
    ],
    discussion: """
      create prints the token, this once: the file holds a hash of it. A service that runs takes it
      at once, and closes connections of a revoked one within about a second.

        opcenter token create dashboard --data wedding --allow query > dashboard.token
        opcenter token create reception --data wedding --methods guest.list,guest.update
        opcenter token create planner --data wedding --allow query,operate --project prj_1
      """)

  let arguments: Arguments

  func run() throws -> ExitCode {
    let file = try file()
    switch arguments.positional("ACTION") ?? "" {
    case "create": try create(in: file)
    case "list": try list(file)
    default: try revoke(in: file)
    }
    return .done
  }

  private func file() throws -> TokensFile {
    if let path = arguments.value("tokens") { return TokensFile(at: path) }
    guard let directory = arguments.value("data") else {
      throw refused("--data DIR or --tokens FILE is missing")
    }
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw Refusal(
        message: "there is no folder \(directory); the service makes it when it first starts")
    }
    return TokensFile(in: directory)
  }

  private func create(in file: TokensFile) throws {
    let caller = try caller()
    let token = SecretToken.make()
    let now = ServiceClock.wall(WallClock(start: nil, rate: 1)).now()
    try file.change { list in
      guard list[caller.name] == nil else {
        throw Refusal(
          message: "\(caller.name) has a token; revoke it first, or choose another name")
      }
      guard list.tokens.count < TokenList.maximumCount else {
        throw Refusal(message: "there are \(TokenList.maximumCount) tokens; revoke some first")
      }
      list.add(NamedToken(token, for: caller, at: now))
    }
    do { try StandardOutput.write(line: token) } catch {
      // Nobody has seen it, so nobody can use it, and its name is free again.
      try file.change { _ = $0.remove(named: caller.name) }
      throw error
    }
  }

  private func list(_ file: TokensFile) throws {
    guard arguments.positional("NAME") == nil, !hasRights else {
      throw refused("list takes nothing but where to look")
    }
    let style = TerminalStyle(descriptor: STDOUT_FILENO)
    var table = Table(
      ["name", "may", "methods", "project", "created"].map { .init($0, .leading) },
      usesUnicode: style.usesUnicode)
    for token in try file.read().tokens {
      table.append([
        token.name, token.capabilities.map(\.rawValue).joined(separator: ", "),
        token.methods?.joined(separator: ", ") ?? "all", token.project?.wireText ?? "all",
        token.createdAt.wireText,
      ])
    }
    try StandardOutput.write(
      table.rendered(maximumCells: style.isTerminal ? style.columns : nil))
  }

  private func revoke(in file: TokensFile) throws {
    let name = try name()
    guard !hasRights else { throw refused("revoke takes a name and where to look") }
    try file.change { list in
      guard list.remove(named: name) else { throw Refusal(message: "\(name) has no token") }
    }
  }

  // MARK: - What was asked for

  private var hasRights: Bool {
    ["allow", "methods", "project"].contains { arguments.value($0) != nil }
  }

  private func name() throws -> String {
    guard let name = arguments.positional("NAME") else {
      throw refused("NAME is missing: whose token, such as dashboard")
    }
    return name
  }

  private func caller() throws -> Caller {
    let name = try name()
    guard NamedToken.namePattern.matches(name) else {
      throw refused("NAME needs \(NamedToken.namePattern.expected)")
    }
    guard name != ServeAccess.ownName, name != Caller.local.name else {
      throw refused("\(name) is what the service calls others; choose another name")
    }
    let methods = try arguments.value("methods").map(methods)
    let needed = methods.map { $0.compactMap(\.capability) } ?? [.query]
    let allowed = try arguments.value("allow").map(capabilities) ?? needed
    let project = try arguments.value("project").map(project)
    for method in methods ?? [] {
      if project != nil, method.isOfWhole {
        throw refused("\(method.name) speaks of all projects, and --project names one")
      }
      if let capability = method.capability, !allowed.contains(capability) {
        throw refused("\(method.name) needs \(capability.rawValue), which --allow leaves out")
      }
    }
    return Caller(
      name: name, capabilities: Capability.allCases.filter(allowed.contains),
      methods: methods?.map(\.name), project: project)
  }

  private func project(_ text: String) throws -> ProjectID {
    guard let project = ProjectID(wireText: text), project.counter <= Limits.projects else {
      throw refused(
        "--project needs an identifier such as prj_1; found \(TerminalText.printable(text))")
    }
    return project
  }

  private func capabilities(_ text: String) throws -> [Capability] {
    try words(text).map { word in
      guard let capability = Capability(rawValue: word) else {
        throw unknown(word, "capability", Capability.allCases.map(\.rawValue))
      }
      return capability
    }
  }

  private func methods(_ text: String) throws -> [MethodEntry<OperationCenter>] {
    let registry = MethodRegistry<OperationCenter>.all
    return try words(text).map { word in
      guard let method = registry[word] else {
        throw unknown(word, "method", registry.entries.map(\.name))
      }
      return method
    }
  }

  private func words(_ text: String) -> [String] {
    text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
  }

  private func unknown(_ word: String, _ what: String, _ known: [String]) -> UsageError {
    let hint = Spelling.nearest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
    return refused("unknown \(what) \(TerminalText.printable(word))" + hint)
  }

  private func refused(_ message: String) -> UsageError {
    UsageError(message: message, command: "token")
  }
}
