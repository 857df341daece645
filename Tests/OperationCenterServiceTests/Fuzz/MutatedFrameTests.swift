import TestRandom
import CampaignEngine
import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

import OperationCenterService

/// Frames that were changed at random, from the examples of every method, in both framings. Whatever
/// they are, each is answered by a reply that is JSON, the numbers add up, nobody traps, and what a
/// call does and makes due stays within a counted bound.
struct MutatedFrameTests {
  /// More where somebody has the time: `OPCENTER_FRAMES=1000000 swift test --filter MutatedFrameTests`.
  private static let count =
    ProcessInfo.processInfo.environment["OPCENTER_FRAMES"].flatMap { Int($0) } ?? 20_000
  private static let framesPerWorld = 200
  /// A frame of some thousand bytes names a few guests, who each walk through a small flow.
  private static let mostEvents: UInt64 = 1000

  private static let calls: [[UInt8]] = ExampleWorld.methods
    // It would end the service, as it should.
    .filter { $0.name != "system.shutdown" }
    .flatMap { method in
      method.examples.map { example in
        Array(
          #"{"jsonrpc":"2.0","id":1,"method":"\#(method.name)","params":\#(example.params)}"#.utf8)
      }
    }

  @Test(arguments: 0..<(count / framesPerWorld))
  func `no changed frame ends the service or is left without an answer`(world: Int) throws {
    var mutator = FrameMutator(seed: UInt64(world))
    let service = try ExampleWorld.service(for: "campaign.start")
    for _ in 0..<Self.framesPerWorld {
      let body = mutator.mutated(Self.calls[mutator.below(Self.calls.count)])
      var bytes = body + Array("\n".utf8)
      if mutator.below(2) == 0 {
        bytes = Array("Content-Length: \(body.count)\r\n\r\n".utf8) + body
      }
      if mutator.below(20) == 0 { bytes = mutator.mutated(bytes) }
      try feed(bytes, to: service, "seed \(world)")
    }
    #expect(service.state.checkInvariants() == [], "seed \(world)")
    #expect(try service.call("system.ping")["pong"] == .bool(true))
  }

  private func feed(_ bytes: [UInt8], to service: InProcessService, _ note: String) throws {
    var decoder = FrameDecoder()
    decoder.append(bytes)
    // A chunk has at most as many messages as bytes.
    for _ in 0...bytes.count {
      guard let event = decoder.next() ?? decoder.finish() else { return }
      guard case .frame(let frame) = event else { return }
      let before = service.sequence
      // Turns are counted inside.
      let reply = try service.exchange(Array(frame))
      let events = service.sequence - before
      #expect(events <= Self.mostEvents, "\(note): \(String(decoding: frame, as: UTF8.self))")
      guard let reply else { continue }
      do throws(WireError) {
        try JSON.validate(reply)
      } catch {
        Issue.record("\(note): the reply is no JSON: \(error)")
      }
    }
    Issue.record("\(note): a decoder that never ends")
  }
}
