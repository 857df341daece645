import CampaignEngine
import JSONRPC
import ServiceTesting
import Testing
import Transports
import Wire

import OperationCenterService
import opcenter

struct ConnectionBoundsTests {
  @Test func `health shows what the loop bounds`() throws {
    let limits = TransportLimits()
    let process = try ServedProcess(["--memory"])
    let peer = process.standardStreams(.newline)
    let shown = try peer.call("system.health", .object([]))["limits"]?["connections"]
    let bounds = try JSON.decode(
      ConnectionBounds.self, from: JSON.encode(try #require(shown)))
    #expect((1...limits.connections).contains(bounds.connections))
    #expect(bounds.connectionsPerAddress == nil)
    #expect(bounds.requestsAtOnce == limits.requestsPerTurn)
    #expect(bounds.outputBytes == limits.outputBytes)
    #expect(bounds.slowBytes == limits.congestedBytes)
    #expect(bounds.slowTime.milliseconds == limits.congestedMilliseconds)
    #expect(bounds.frameTime.milliseconds == limits.frameMilliseconds)
    #expect(bounds.frameBytesPerSecond == limits.frameBytesPerSecond)
    #expect(bounds.strangerTime.milliseconds == limits.strangerMilliseconds)
    #expect(bounds.strangerFrameBytes == limits.strangerFrameBytes)
    peer.hangUp()
    try process.finishInput()
    #expect(try process.exitCode() == 0)
  }
}
