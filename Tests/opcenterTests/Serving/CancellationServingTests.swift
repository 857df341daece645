import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

import opcenter

struct CancellationServingTests {
  /// All in one write: more requests than are started behind a job, and the cancellation behind them.
  @Test func `a forecast is given up from behind a row of other requests`() throws {
    let process = try ServedProcess(["--memory"])
    let peer = process.standardStreams(.newline)
    let sample = try SampleCampaign(guests: SampleCampaign.guests(300)) { try peer.call($0, $1) }
    let pings = (1...300).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"system.ping"}"# }
    let frames =
      [
        #"{"jsonrpc":"2.0","id":"f","method":"campaign.forecast","params":{"campaign_id":"\#(sample.campaign)","seeds":20}}"#
      ] + pings + [#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":"f"}}"#]
    try peer.send(framed: frames.flatMap { Array("\($0)\n".utf8) })
    let first = try JSON.decode(JSONValue.self, from: try #require(try peer.receive()))
    #expect(first["id"] == .string("f"))
    #expect(first["error"]?["code"] == .number("-32800"))
    for id in 1...300 {
      let answer = try JSON.decode(JSONValue.self, from: try #require(try peer.receive()))
      #expect(answer["id"] == .number("\(id)"))
    }
    peer.hangUp()
    try process.finishInput()
    #expect(try process.exitCode() == 0)
  }
}
