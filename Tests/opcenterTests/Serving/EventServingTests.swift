import Foundation
import JSONRPC
import ServiceTesting
import Testing
import Wire

import OperationCenterService
import opcenter

/// Subscriptions over real sockets, with a reader that goes away, and one that does not read.
struct EventServingTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func serve() throws -> (ServedProcess, UInt16) {
    let process = try ServedProcess([
      "--listen", "127.0.0.1:0", "--port-file", folder.path("port"), "--data", folder.path("data"),
    ])
    return (process, try process.port())
  }

  private func peer(_ port: UInt16) throws -> ServedPeer {
    try ServedPeer.connected(
      toPort: port, framing: .newline, tokenFile: folder.path("data/token"))
  }

  private func stop(_ process: ServedProcess) throws {
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  private func prepare(_ peer: ServedPeer) throws {
    _ = try call(peer, "sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)
    _ = try call(
      peer, "project.create", #"{"sender_id": "snd_1", "name": "Concert", "time_zone": "UTC"}"#)
  }

  private func call(_ peer: ServedPeer, _ method: String, _ params: String) throws -> JSONValue {
    try peer.call(method, JSON.decode(JSONValue.self, from: Array(params.utf8)))
  }

  private func addGuests(_ range: Range<Int>, _ peer: ServedPeer) throws {
    let rows = range.map { #"{"name": "Guest \#($0)", "phone": "+351912\#(1_000_000 + $0)"}"# }
    _ = try call(
      peer, "guest.import", #"{"project_id": "prj_1", "rows": [\#(rows.joined(separator: ","))]}"#)
  }

  private func number(_ value: JSONValue?) throws -> UInt64 {
    guard case .number(let text)? = value, let number = UInt64(text) else {
      throw Fault("no number")
    }
    return number
  }

  private func all(_ peer: ServedPeer) throws -> [UInt64] {
    var sequences: [UInt64] = []
    var cursor = ""
    while true {
      let page = try call(
        peer, "events.list", #"{"kinds": ["guest_created"], "limit": 500, "cursor": "\#(cursor)"}"#)
      guard case .array(let items)? = page["items"] else { throw Fault("no items") }
      sequences += try items.map { try number($0["sequence"]) }
      guard case .string(let next)? = page["next_cursor"] else { return sequences }
      cursor = next
    }
  }

  @Test func `a reader that reconnects, also to a service started anew, sees each event once`()
    throws
  {
    var (process, port) = try serve()
    var writer = try peer(port)
    try prepare(writer)
    var reader = try peer(port)
    var last = try number(try call(reader, "events.subscribe", "{}")["sequence"])
    var seen: [UInt64] = []
    for round in 0..<6 {
      try addGuests(round * 10..<round * 10 + 10, writer)
      // It reads some of them and goes away over the rest.
      for _ in 0..<3 + round {
        last = try number(reader.notification()["sequence"])
        seen.append(last)
      }
      reader.hangUp()
      if round % 2 == 1 {
        writer.hangUp()
        try stop(process)
        (process, port) = try serve()
        writer = try peer(port)
      }
      reader = try peer(port)
      _ = try call(reader, "events.subscribe", #"{"after_sequence": \#(last)}"#)
    }
    while seen.count < 60 { seen.append(try number(reader.notification()["sequence"])) }
    #expect(seen == (try all(writer)))
    try stop(process)
  }

  /// More than the pipes between the two hold, so that the service sees that nobody reads.
  @Test func `a reader that does not read for a while misses nothing`() throws {
    let (process, port) = try serve()
    let writer = try peer(port)
    try prepare(writer)
    let reader = try ServedPeer.connected(
      toPort: port, framing: .newline, tokenFile: folder.path("data/token"), receiveBytes: 4096)
    _ = try call(reader, "events.subscribe", #"{"kinds": ["guest_created"]}"#)
    let guests = 24_000
    for first in stride(from: 0, to: guests, by: 1000) {
      try addGuests(first..<first + 1000, writer)
    }
    var seen: [UInt64] = []
    while seen.count < guests {
      let event = try reader.notification()
      #expect(event["kind"] == .string("guest_created"))
      seen.append(try number(event["sequence"]))
    }
    #expect(seen == (try all(writer)))
    try stop(process)
  }

  /// A thousand guests at once are more than a pipe takes, however fast its reader is.
  @Test func `over standard streams the start of a large campaign is told to its end`() throws {
    let process = try ServedProcess([
      "--memory", "--clock-start", "2026-11-14T03:00:00.000Z", "--clock-rate", "100000",
    ])
    let peer = process.standardStreams(.newline)
    let sample = try SampleCampaign(guests: SampleCampaign.guests(1000)) { try peer.call($0, $1) }
    let campaign = #"{"campaign_id": "\#(sample.campaign)"}"#
    _ = try call(peer, "events.subscribe", campaign)
    _ = try call(peer, "campaign.start", campaign)
    var seen: [UInt64] = []
    var isOver = false
    while !isOver {
      let event = try peer.notification()
      #expect(event["kind"] != .string("lagged"))
      seen.append(try number(event["sequence"]))
      isOver =
        event["kind"] == .string("campaign_status_changed")
        && event["data"]?["to"] == .string("completed")
    }
    #expect(seen.count > 5000)
    #expect(seen == seen.sorted() && Set(seen).count == seen.count)
    peer.hangUp()
    try process.finishInput()
    #expect(try process.exitCode() == 0)
  }

  @Test func `at the end of the input everything that has happened is told`() throws {
    let process = try ServedProcess(["--memory"])
    let peer = process.standardStreams(.newline)
    try prepare(peer)
    try addGuests(0..<1000, peer)
    try addGuests(1000..<2000, peer)
    let start = Call(
      id: 99, method: "events.subscribe",
      params: RawJSON(validated: Array(#"{"after_sequence": 0, "kinds": ["guest_created"]}"#.utf8)))
    try peer.send(start.encoded())
    peer.finishSending()
    try process.finishInput()
    guard case .result? = try peer.receive().map({ try ServerMessage($0) }) else {
      throw Fault("no answer")
    }
    var count = 0
    while try peer.receive() != nil { count += 1 }
    #expect(count == 2000)
    #expect(try process.exitCode() == 0)
  }

  @Test func `over standard streams an event follows the reply of its call`() throws {
    let process = try ServedProcess(["--memory"])
    let peer = process.standardStreams(.header)
    _ = try call(peer, "events.subscribe", "{}")
    let id = try call(peer, "sender.create", #"{"name": "Choir", "phone": "+351210000001"}"#)["id"]
    let event = try peer.notification()
    #expect(event["kind"] == .string("sender_created"))
    #expect(event["data"]?["sender_id"] == id)
    peer.hangUp()
    try process.finishInput()
    #expect(try process.exitCode() == 0)
  }
}
