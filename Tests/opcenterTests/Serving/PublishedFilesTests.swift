import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import opcenter

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files in which a service says where it is and how to be let in.
struct PublishedFilesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func serve(_ words: [String]) throws -> (ServedProcess, UInt16) {
    let process = try ServedProcess(["--memory"] + words)
    return (process, try process.port())
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try Files.read(folder.path(name)), as: UTF8.self)
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.path(name))
  }

  private func kind(_ name: String) -> mode_t {
    var found = stat()
    return lstat(folder.path(name), &found) == 0 ? found.st_mode & S_IFMT : 0
  }

  private func stop(_ process: ServedProcess, with signal: Int32 = SIGTERM) throws {
    process.send(signal)
    #expect(try process.exitCode() == 0)
  }

  @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
  func `port and addresses are there while the service is, and go at a clean stop`(
    _ signal: Int32
  ) throws {
    let (process, first) = try serve([
      "--listen", "127.0.0.1:0", "--listen", "127.0.0.1:0", "--no-token",
      "--port-file", folder.path("port"), "--address-file", folder.path("addresses"),
    ])
    let lines = try text("addresses").split(separator: "\n").map(String.init)
    #expect(lines.count == 2)
    #expect(lines.first == "127.0.0.1:\(first)")
    #expect(try "127.0.0.1:" + text("port") == lines[1] + "\n")
    try stop(process, with: signal)
    #expect(!exists("port") && !exists("addresses"))
  }

  @Test func `a start that is refused leaves the token of the service that runs`() throws {
    let token = ["--token-file", folder.path("token")]
    let (process, port) = try serve(["--listen", "127.0.0.1:0"] + token)
    let before = try text("token")
    let second = try ServedProcess(["--memory", "--listen", "127.0.0.1:\(port)"] + token)
    #expect(try second.exitCode() == ExitCode.refused.rawValue)
    #expect(try text("token") == before)
    try stop(process)
    #expect(!exists("token"))
  }

  @Test func `a service that stops leaves what another has written since`() throws {
    let words = [
      "--listen", "127.0.0.1:0", "--token-file", folder.path("token"),
      "--port-file", folder.path("port"),
    ]
    let (first, _) = try serve(words)
    let (second, port) = try serve(words)
    let token = try text("token")
    try stop(first)
    #expect(try text("token") == token)
    #expect(try text("port") == "\(port)\n")
    try stop(second)
    #expect(!exists("token") && !exists("port"))
  }

  @Test func `a link is written through and stays`() throws {
    let target = folder.path("target")
    #expect(
      FileManager.default.createFile(atPath: target, contents: Data("longer than a port".utf8)))
    #expect(symlink(target, folder.path("port")) == 0)
    // What it leads to may have to be made.
    #expect(symlink(folder.path("secret"), folder.path("token")) == 0)
    let (process, port) = try serve([
      "--listen", "127.0.0.1:0", "--port-file", folder.path("port"),
      "--token-file", folder.path("token"),
    ])
    #expect(kind("port") == S_IFLNK && kind("token") == S_IFLNK)
    #expect(try text("target") == "\(port)\n")
    #expect(try text("secret").utf8.count == 65)
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.path("secret"))
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    try stop(process)
    #expect(kind("port") == S_IFLNK && kind("token") == S_IFLNK)
    #expect(try text("target").isEmpty && text("secret").isEmpty)
  }

  @Test func `a token is not put through a link to where others look`() throws {
    try Files.write([], to: folder.path("open"))
    #expect(chmod(folder.path("open"), 0o644) == 0)
    #expect(symlink(folder.path("open"), folder.path("token")) == 0)
    let process = try ServedProcess([
      "--memory", "--listen", "127.0.0.1:0", "--token-file", folder.path("token"),
    ])
    #expect(try process.exitCode() == ExitCode.storage.rawValue)
    #expect(try text("open").isEmpty)
  }

  @Test func `a FIFO brings what it is asked for, and holds up nobody`() throws {
    #expect(mkfifo(folder.path("port"), 0o600) == 0 && mkfifo(folder.path("token"), 0o600) == 0)
    let (process, port) = try serve([
      "--listen", "127.0.0.1:0", "--port-file", folder.path("port"),
      "--token-file", folder.path("token"),
    ])
    // The service waits for no reader: the port is not read before it serves.
    let peer = try ServedPeer.connected(toPort: port, framing: .newline, tokenFile: nil)
    #expect(throws: RPCError.self) { try peer.call("system.ping", .object([])) }
    #expect(try text("port") == "\(port)\n")
    _ = try ServedPeer.connected(
      toPort: port, framing: .newline, tokenFile: folder.path("token")
    ).call("system.ping", .object([]))
    try stop(process)
    #expect(kind("port") == S_IFIFO && kind("token") == S_IFIFO)
  }

  @Test func `a device takes the bytes and stays what it is`() throws {
    #expect(symlink("/dev/null", folder.path("port")) == 0)
    let (process, _) = try serve([
      "--listen", "127.0.0.1:0", "--no-token", "--port-file", folder.path("port"),
      "--address-file", "/dev/null",
    ])
    try stop(process)
    var found = stat()
    #expect(stat("/dev/null", &found) == 0 && found.st_mode & S_IFMT == S_IFCHR)
    #expect(kind("port") == S_IFLNK)
  }
}
