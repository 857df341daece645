import Foundation
import Gateways
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService
@testable import opcenter

/// The transcripts once more, over what clients really use.
struct TranscriptServingTests {
  enum Way: String, CaseIterable, Sendable { case standardStreams, tcp }

  @Test(arguments: try Transcript.all(), Way.allCases)
  func `a transcript is answered in both framings by a service of its own`(
    _ transcript: Transcript, _ way: Way
  ) throws {
    for framing in [Framing.newline, .header] {
      let folder = try TemporaryFolder()
      var arguments = [
        "--clock-start", StoryTime.text, "--simulator", folder.path("simulator.json"),
        "--webhook-secrets", folder.path("webhook-secrets.json"),
      ]
      arguments += transcript.keepsNothing ? ["--memory"] : ["--data", folder.path("data")]
      if way == .tcp {
        arguments += ["--listen", "127.0.0.1:0", "--port-file", folder.path("port")]
        arguments +=
          transcript.isOpen ? ["--no-token"] : ["--token-file", folder.path("token")]
      }
      try Files.write(JSON.encode(SimulatorSettings.silent), to: folder.path("simulator.json"))
      try PrivateFile(FileStorage(), folder.path("webhook-secrets.json"))
        .replace(with: Array(SampleWebhook.secretsFile.utf8))
      let process = try ServedProcess(arguments)
      let peer =
        way == .tcp
        ? try ServedPeer.connected(
          toPort: try process.port(), framing: framing,
          tokenFile: transcript.isOpen ? nil : folder.path("token"))
        : process.standardStreams(framing)
      let played = try transcript.play { frame, isAnswered in
        try peer.send(frame)
        return isAnswered ? try peer.answer() : nil
      }
      #expect(played.faults.isEmpty, "\(framing)")
      if way == .tcp {
        #expect(try Files.read(folder.path("port")).last == UInt8(ascii: "\n"))
        process.terminate()
      }
      peer.hangUp()
      try process.finishInput()
      #expect(try process.exitCode() == 0)
    }
  }

  @Test func `the service describes every method that it has`() throws {
    let process = try ServedProcess(["--memory"])
    let peer = process.standardStreams(.newline)
    let document = try peer.call("rpc.discover", .object([]))
    guard case .array(let methods)? = document["methods"] else { throw Fault("no methods") }
    let names = methods.compactMap { $0["name"] }
    #expect(names == MethodRegistry<OperationCenter>.all.entries.map { JSONValue.string($0.name) })
    peer.hangUp()
    try process.finishInput()
    #expect(try process.exitCode() == 0)
  }
}
