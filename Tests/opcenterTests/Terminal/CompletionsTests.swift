import Foundation
import SchemaGeneration
import ServiceTesting
import Testing

@testable import opcenter

/// What bash offers, asked of bash itself.
@Suite struct CompletionsTests {
  /// - Parameter line: words so far; the last is the one being typed, and may be empty.
  private func offered(_ line: [String]) throws -> [String] {
    let script = BashCompletions(CompletionWords(Opcenter.program)).text
    let words = line.map { "'\($0)'" }.joined(separator: " ")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = [
      "--noprofile", "--norc", "-c",
      """
      set -u
      \(script)
      COMP_WORDS=(\(words))
      COMP_CWORD=\(line.count - 1)
      _opcenter
      printf '%s\\n' "${COMPREPLY[@]}"
      """,
    ]
    let (output, errors) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, errors)
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    let fault = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, fault.isEmpty else { throw Fault(fault) }
    return text.split(separator: "\n").map(String.init)
  }

  @Test func `commands, options, choices and methods are offered`() throws {
    #expect(try offered(["opcenter", "se"]) == ["serve"])
    #expect(try offered(["opcenter", ""]) == Opcenter.program.commands.map(\.name))
    #expect(try offered(["opcenter", "run", "--gu"]) == ["--guests"])
    #expect(try offered(["opcenter", "serve", "--fsync", ""]) == ["always", "interval"])
    #expect(
      try offered(["opcenter", "call", "campaign.pa"]) == ["campaign.pause"])
    #expect(try offered(["opcenter", "help", "guest.pre"]) == ["guest.preview"])
    #expect(try offered(["opcenter", "help", "comp"]) == ["completions"])
    #expect(try offered(["opcenter", "completions", ""]) == ["bash", "zsh"])
  }

  @Test func `files are offered where a file is meant, and nothing where nobody can know`() throws {
    let folder = try TemporaryFolder()
    try Files.write([], to: folder.path("guests.csv"))
    let beginning = folder.path("gue")
    #expect(try offered(["opcenter", "run", "--guests", beginning]) == [folder.path("guests.csv")])
    #expect(try offered(["opcenter", "verify", beginning]) == [folder.path("guests.csv")])
    #expect(try offered(["opcenter", "run", "--seed", ""]).isEmpty)
  }

  @Test func `the script for zsh names every command, option and method`() {
    let text = ZshCompletions(CompletionWords(Opcenter.program)).text
    for command in Opcenter.program.commands {
      #expect(text.contains("\n    \(command.name))\n"))
      for option in command.options { #expect(text.contains("--\(option.name)[")) }
    }
    for method in ServiceDocument.methodNames { #expect(text.contains(method)) }
  }

  @Test func `a method is explained with its params, its refusals and an example`() throws {
    let help = try #require(
      try MethodHelp("campaign.start", of: ServiceDocument.document, columns: 80)?.text)
    for words in [
      "campaign.start: Starts a campaign", "  campaign_id: CampaignId, required",
      "Result: CampaignView",
      "not_ready", "Needs a token for: operate", "opcenter call campaign.start '{\"campaign_id\":",
    ] { #expect(help.contains(words), "\(words)") }
    // A pattern has brackets of its own, which are no links.
    let update = try MethodHelp("guest.update", of: ServiceDocument.document, columns: 80)?.text
    #expect(update?.contains("text like ^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$") == true)
    #expect(try MethodHelp("campaign.begin", of: ServiceDocument.document, columns: 80) == nil)
    #expect(throws: UsageError.self) { try Opcenter.program.command(named: "campaign.begin") }
  }
}
