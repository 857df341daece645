import Foundation
import Testing

@testable import opcenter

/// A command through a shell, which redirects what it reads and writes: `$0` is the program, `$1` the
/// folder of the test.
struct ShellRun {
  let code: ExitCode
  let output: String
  let errors: String

  init(_ script: String, in folder: TemporaryFolder) throws {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, try BuiltProgram.url().path, folder.path("")]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    // A file, since nobody reads two pipes at once.
    let log = folder.path("errors-\(UUID().uuidString)")
    #expect(FileManager.default.createFile(atPath: log, contents: nil))
    let errors = try #require(FileHandle(forWritingAtPath: log))
    process.standardError = errors
    // A shell that does not hear of the end of a child waits for ever.
    try ServedProcess.withSignalsAllowed { try process.run() }
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    code = try #require(ExitCode(rawValue: process.terminationStatus))
    self.output = String(decoding: bytes, as: UTF8.self)
    self.errors = String(decoding: try Files.read(log), as: UTF8.self)
  }
}
