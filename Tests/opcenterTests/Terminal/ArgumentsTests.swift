import Testing

@testable import opcenter

private let run = CommandDeclaration(
  name: "run", summary: "Runs a campaign to its end.",
  options: [
    .value("guests", "FILE", "The guests, as CSV.", isRequired: true),
    .value("seed", "N", "Seed of the simulated guests.", standard: "1"),
    .value("fsync", "WHEN", "When to sync.", choices: ["always", "interval"]),
    .value("listen", "ADDRESS", "Where to listen.", isRepeatable: true),
    .value("data", "DIR", "Where the journal is."),
    .flag("memory", "Keeps nothing.", excludes: ["data"]),
    .flag("json", "Prints JSON."),
  ])

private let call = CommandDeclaration(
  name: "call", summary: "Sends one request.",
  positionals: [
    .init(name: "METHOD", summary: "The method."),
    .init(name: "PARAMS", summary: "Its parameters.", isRequired: false),
  ],
  options: [.value("connect", "ADDRESS", "Where the service is.")])

private let token = CommandDeclaration(
  name: "token", summary: "Manages access.",
  positionals: [
    .init(name: "ACTION", summary: "What to do.", choices: ["create", "list", "revoke"]),
    .init(name: "NAME", summary: "Whose.", isRequired: false, isRepeatable: true),
  ])

private func refusal(_ words: [String], _ command: CommandDeclaration) -> String? {
  do throws(UsageError) {
    _ = try Arguments(words, for: command)
    return nil
  } catch {
    return error.message
  }
}

struct ArgumentsTests {
  @Test(arguments: [
    ["--guests", "g.csv", "--json", "--seed", "7"], ["--json", "--seed=7", "--guests=g.csv"],
  ])
  func `values follow their option or an equals sign, in any order`(words: [String]) throws {
    let arguments = try Arguments(words, for: run)
    #expect(arguments.value("guests") == "g.csv")
    #expect(try arguments.integer("seed", in: 0...10) == 7)
    #expect(arguments.has("json"))
    #expect(!arguments.has("memory"))
    #expect(arguments.value("data") == nil)
  }

  @Test func `only the first equals sign separates and a value may begin with one dash`() throws {
    let arguments = try Arguments(["--guests=a=b", "--seed", "-5", "--data=--x"], for: run)
    #expect(arguments.value("guests") == "a=b")
    #expect(try arguments.integer("seed", in: -9...9) == -5)
    #expect(arguments.value("data") == "--x")
  }

  @Test func `positionals may stand anywhere, and all words after two dashes are positional`()
    throws
  {
    let arguments = try Arguments(["system.ping", "--connect", "x", "-"], for: call)
    #expect(arguments.positional("METHOD") == "system.ping")
    #expect(arguments.positional("PARAMS") == "-")
    let dashed = try Arguments(["--", "--connect", "--help"], for: call)
    #expect(dashed.positionals == ["--connect", "--help"])
    #expect(try Arguments(["x"], for: call).positional("PARAMS") == nil)
  }

  @Test func `options and positionals that may be repeated keep all their values`() throws {
    let arguments = try Arguments(["--guests=g", "--listen", "a", "--listen=b"], for: run)
    #expect(arguments.values("listen") == ["a", "b"])
    #expect(arguments.values("data") == [])
    #expect(try Arguments(["revoke", "a", "b"], for: token).positionals == ["revoke", "a", "b"])
  }

  @Test(arguments: [
    (["--guest", "x"], "unknown option --guest of run; did you mean --guests?"),
    (["--guets=x"], "unknown option --guets of run; did you mean --guests?"),
    (["-json"], "unknown option -json of run; did you mean --json?"),
    (["--zebra"], "unknown option --zebra of run"),
    (["--=x"], "unknown option -- of run"),
    (["--guests"], "--guests needs a value: --guests FILE"),
    (["--guests", "--json"], "--guests needs a value: --guests FILE"),
    (["--guests="], "--guests needs a value: --guests FILE"),
    (["--guests", ""], "--guests needs a value: --guests FILE"),
    (["--guests=a", "--guests=b"], "--guests is given twice"),
    (["--json", "--json"], "--json is given twice"),
    (["--json=yes"], "--json takes no value"),
    ([], "--guests FILE is missing"),
    (["--guests=a", "b"], "\"b\" is more than run takes"),
    (["--guests=a", "--memory", "--data=d"], "--memory and --data cannot be combined"),
    (
      ["--guests=a", "--fsync=alway"],
      "--fsync is one of always, interval; found \"alway\"; did you mean always?"
    ),
  ])
  func `a refusal says what was wrong and what would be right`(words: [String], message: String) {
    #expect(refusal(words, run) == message)
  }

  @Test func `missing and wrong positionals are refused`() {
    #expect(refusal([], call) == "METHOD is missing: The method.")
    #expect(refusal(["a", "b", "c"], call) == "\"c\" is more than call takes")
    #expect(
      refusal(["creat"], token)
        == "ACTION is one of create, list, revoke; found \"creat\"; did you mean create?")
  }

  @Test(arguments: ["x", "", "1.5", "11", "-1", "99999999999999999999"])
  func `a number that is none or out of range is refused`(text: String) throws {
    #expect(throws: UsageError.self) {
      try Arguments(["--guests=g", "--seed=\(text)"], for: run).integer("seed", in: 0...10)
    }
  }

  @Test(arguments: [
    (["--help"], true), (["-h"], true), (["--seed", "1", "--help"], true),
    (["--zebra", "--help"], true), (["--guests", "--help"], true), (["--json", "-h"], true),
    (["--guests", "-h"], false), (["--guests=g"], false),
  ])
  func `help wins over everything that is missing or wrong`(words: [String], expected: Bool) throws
  {
    #expect(try Arguments(words, for: run).isHelpRequested == expected)
  }

  @Test func `what a person typed reaches the terminal without control characters`() {
    #expect(refusal(["--\u{1B}[2J"], run)?.contains("\u{1B}") == false)
    #expect(refusal(["--guests=a", "\u{1B}[2J"], run)?.contains("\u{1B}") == false)
  }
}

struct CommandHelpTests {
  @Test func `the usage line follows the declaration`() {
    #expect(
      run.usage(of: "opcenter")
        == "opcenter run --guests FILE [--seed N] [--fsync WHEN] [--listen ADDRESS...]"
        + " [--data DIR] [--memory] [--json]")
    #expect(
      token.usage(of: "opcenter") == "opcenter token create|list|revoke [NAME...]")
  }

  @Test func `the help explains every argument and option within its width`() {
    let help = call.help(of: "opcenter", maximumCells: 40)
    #expect(
      help == """
        Sends one request.

        Usage:
          opcenter call METHOD [PARAMS]
              [--connect ADDRESS]

        Arguments:
          METHOD  The method.
          PARAMS  Its parameters.

        Options:
          --connect ADDRESS  Where the service
                             is.
          --help             Shows this help.

        """)
    for cells in [30, 80] {
      let lines = run.help(of: "opcenter", maximumCells: cells).split(separator: "\n")
      #expect(
        run.options.allSatisfy { option in lines.contains { $0.contains("--" + option.name) } })
    }
  }

  @Test func `the list of commands helps to find one`() throws {
    let program = ProgramDeclaration(
      name: "opcenter", summary: "Runs invitation campaigns.", commands: [run, call, token])
    #expect(try program.command(named: "call").name == "call")
    #expect(
      program.help() == """
        Runs invitation campaigns.

        Usage:
          opcenter COMMAND [OPTIONS]

        Commands:
          run    Runs a campaign to its end.
          call   Sends one request.
          token  Manages access.

        opcenter help COMMAND says more about one of them.

        """)
    #expect(throws: UsageError(message: "unknown command cal; did you mean call?", command: nil)) {
      try program.command(named: "cal")
    }
    #expect(throws: UsageError(message: "unknown command zebra; see opcenter help", command: nil)) {
      try program.command(named: "zebra")
    }
  }

  @Test func `the exit codes are those that scripts rely on`() {
    #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 4])
  }
}
