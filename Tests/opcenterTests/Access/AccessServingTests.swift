import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import opcenter

/// Tokens against the program itself, over TCP.
struct AccessServingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var tokenFile: String { folder.path("data/token") }

  private func serve(_ words: [String] = []) throws -> (ServedProcess, UInt16) {
    let process = try ServedProcess(
      ["--listen", "127.0.0.1:0", "--data", folder.path("data")] + words)
    return (process, try process.port())
  }

  private func peer(_ port: UInt16, _ tokenFile: String?) throws -> ServedPeer {
    try ServedPeer.connected(toPort: port, framing: .newline, tokenFile: tokenFile)
  }

  private func code(_ body: () throws -> JSONValue) throws -> Int {
    do { _ = try body() } catch let error as RPCError { return error.code }
    throw Fault("the call was not refused")
  }

  private func run(_ words: String...) throws -> (code: ExitCode, output: String) {
    try run(words)
  }

  private func run(_ words: [String]) throws -> (code: ExitCode, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = try BuiltProgram.url()
    process.arguments = words
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (
      try #require(ExitCode(rawValue: process.terminationStatus)),
      String(decoding: bytes, as: UTF8.self)
    )
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func `the service's own token is private, opens everything and is gone with it`() throws {
    let (process, port) = try serve()
    #expect(try mode(tokenFile) == 0o600)
    let token = String(decoding: try Files.read(tokenFile), as: UTF8.self)
    #expect(token.utf8.count == 65 && token.hasSuffix("\n"))
    #expect(Hexadecimal.bytes(String(token.dropLast()))?.count == 32)
    let stranger = try peer(port, nil)
    #expect(try code { try stranger.call("system.ping", .object([])) } == 1006)
    let owner = try peer(port, tokenFile)
    _ = try owner.call("sender.list", .object([]))
    _ = try owner.call("system.shutdown", .object([]))
    #expect(try process.exitCode() == 0)
    #expect(!FileManager.default.fileExists(atPath: tokenFile))
    let (again, _) = try serve()
    #expect(String(decoding: try Files.read(tokenFile), as: UTF8.self) != token)
    again.terminate()
    #expect(try again.exitCode() == 0)
    #expect(!FileManager.default.fileExists(atPath: tokenFile))
  }

  @Test func `a token of one project opens that project alone`() throws {
    let (process, port) = try serve()
    let owner = try peer(port, tokenFile)
    _ = try owner.call(
      "sender.create", .object([("name", .string("W")), ("phone", .string("+6281100000001"))]))
    for name in ["One", "Two"] {
      _ = try owner.call(
        "project.create",
        .object([
          ("sender_id", .string("snd_1")), ("name", .string(name)),
          ("time_zone", .string("Asia/Jakarta")),
        ]))
    }
    let made = try run(
      "token", "create", "planner", "--data", folder.path("data"), "--allow", "query,operate",
      "--project", "prj_2")
    #expect(made.code == .done)
    try Files.write(Array(made.output.utf8), to: folder.path("planner"))
    let planner = try peer(port, folder.path("planner"))
    let list = try planner.call("project.list", .object([]))
    guard case .array(let items)? = list["items"] else { throw Fault("no items") }
    #expect(items.map { $0["id"] } == [.string("prj_2")])
    #expect(
      try code { try planner.call("project.get", .object([("project_id", .string("prj_1"))])) }
        == 1001)
    #expect(try code { try planner.call("system.metrics", .object([])) } == 1007)
    #expect(try run("token", "list", "--data", folder.path("data")).output.contains("prj_2"))
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test(arguments: [
    ["--project", "gst_1"], ["--project", "prj_0"], ["--project", "prj_400001"],
    ["--project", "prj_1", "--methods", "system.metrics"],
  ])
  func `no token is made for a project that cannot be, nor for what is of all`(
    words: [String]
  ) throws {
    let list = folder.path("tokens")
    let made = try run(["token", "create", "planner", "--tokens", list] + words)
    #expect(made.code == .wrongUsage && made.output.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: list))
  }

  @Test func `a wrong token is refused and the connection ends`() throws {
    let (process, port) = try serve()
    try Files.write(Array("0123456789abcdef\n".utf8), to: folder.path("wrong"))
    let peer = try peer(port, nil)
    #expect(try code { try peer.authenticate(with: folder.path("wrong")) } == 1006)
    #expect(try peer.receive() == nil)
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test func `a named token opens what it is for until it is revoked`() throws {
    let (process, port) = try serve()
    let data = folder.path("data")
    let created = try run("token", "create", "reader", "--data", data, "--allow", "query,ingest")
    #expect(created.code == .done)
    try Files.write(Array(created.output.utf8), to: folder.path("reader"))
    #expect(try mode(folder.path("data/tokens")) == 0o600)
    #expect(!created.output.isEmpty)
    let token = String(created.output.dropLast())
    #expect(
      !String(decoding: try Files.read(folder.path("data/tokens")), as: UTF8.self)
        .contains(token))
    #expect(try run("token", "create", "reader", "--data", data).code == .refused)
    let listed = try run("token", "list", "--data", data).output
    #expect(listed.contains("reader  query, ingest") && !listed.contains(token))
    let reader = try peer(port, folder.path("reader"))
    _ = try reader.call("sender.list", .object([]))
    #expect(try code { try reader.call("system.shutdown", .object([])) } == 1007)
    #expect(try run("token", "revoke", "reader", "--data", data).code == .done)
    #expect(try run("token", "revoke", "reader", "--data", data).code == .refused)
    // Nothing is asked any more, and the end comes by itself.
    #expect(try reader.receive() == nil)
    let late = try peer(port, nil)
    #expect(try code { try late.authenticate(with: folder.path("reader")) } == 1006)
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test func `without tokens any client works, also one that shows a token`() throws {
    let (process, port) = try serve(["--no-token"])
    #expect(!FileManager.default.fileExists(atPath: tokenFile))
    _ = try peer(port, nil).call("system.ping", .object([]))
    try Files.write(Array("any\n".utf8), to: folder.path("any"))
    let peer = try peer(port, nil)
    #expect(try peer.authenticate(with: folder.path("any"))["name"] == .string("local"))
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test func `opcenter call shows the token of its file or of its environment`() throws {
    let (process, port) = try serve()
    let address = "127.0.0.1:\(port)"
    #expect(try run("call", "system.ping", "--connect", address).code == .refused)
    let answer = try run(
      "call", "system.ping", "--connect", address, "--token-file", tokenFile)
    #expect(answer.code == .done)
    #expect(answer.output == "{\"pong\":true}\n")
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test func `a file of tokens that is damaged or open to others stops the start`() throws {
    let tokens = folder.path("tokens")
    let words = ["--listen", "127.0.0.1:0", "--memory", "--tokens", tokens]
    try Files.write(Array("nonsense".utf8), to: tokens)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: tokens)
    #expect(try ServedProcess(words).exitCode() == ExitCode.refused.rawValue)
    try Files.write(Array("{\"tokens\": []}".utf8), to: tokens)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: tokens)
    #expect(try ServedProcess(words).exitCode() == ExitCode.storage.rawValue)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: tokens)
    let process = try ServedProcess(words)
    _ = try process.port()
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test(arguments: [
    ["--listen", "127.0.0.1:0"], ["--listen", "127.0.0.1:0", "--memory"], ["--no-token"],
    ["--stdio", "--token-file", "x"], ["--tokens", "x"],
    ["--listen", "127.0.0.1:0", "--no-token", "--token-file", "x"],
  ])
  func `a service that could not tell its token is not started`(_ words: [String]) throws {
    #expect(throws: UsageError.self) {
      try ServeAccess(try Arguments(words, for: ServeCommand.declaration))
    }
  }

  @Test(arguments: [
    ["create", "--data", "."], ["create", "a b", "--data", "."],
    ["create", "owner", "--data", "."],
    ["create", "a"], ["create", "a", "--data", ".", "--allow", "root"],
    ["create", "a", "--data", ".", "--allow", ""],
    ["create", "a", "--data", ".", "--methods", "x"],
    ["create", "a", "--data", ".", "--allow", "query", "--methods", "guest.create"],
    ["list", "a", "--data", "."], ["revoke", "--data", "."], ["delete", "a", "--data", "."],
    ["create", "a", "--data", ".", "--tokens", "x"],
  ])
  func `words that make no sense are refused`(_ words: [String]) {
    #expect(throws: UsageError.self) {
      try TokenCommand(arguments: try Arguments(words, for: TokenCommand.declaration)).run()
    }
  }
}
