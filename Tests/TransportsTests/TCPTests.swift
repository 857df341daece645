import JSONRPC
import Testing

@testable import Transports

private let addresses: [ListenAddress.Host] = [.ipv4Loopback, .ipv6Loopback]

/// Some machines have no IPv6.
private func isAvailable(_ host: ListenAddress.Host) -> Bool {
  (try? Listener(ListenAddress(host: host, port: 0))) != nil
}

@Suite struct TCPTests {
  @Test(arguments: addresses.filter(isAvailable), PollerKind.allCases)
  func `a free port is bound, reported and served`(
    _ host: ListenAddress.Host, _ kind: PollerKind
  ) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let address = try harness.loop.listen(on: ListenAddress(host: host, port: 0))
      #expect(address.port != 0)
      let peers = try (0..<20).map { _ in try TestPeer.connected(to: address) }
      for (index, peer) in peers.enumerated() { peer.send("[\(index)]\n") }
      #expect(try harness.turn(service) { peers.allSatisfy { $0.text.hasSuffix("\n") } })
      for (index, peer) in peers.enumerated() { #expect(peer.text == "re:[\(index)]\n") }
      #expect(service.peers.count == 20)
      #expect(Set(service.peers) == [.address(host == .ipv4Loopback ? "127.0.0.1" : "::1")])
    }
  }

  @Test func `a port is held before anybody can connect to it`() throws {
    try onLoop { service in
      let harness = try LoopHarness(.native, serving: service)
      let address = try harness.loop.bind(to: ListenAddress(host: .ipv4Loopback, port: 0))
      #expect(throws: (any Error).self) { try TestPeer.connected(to: address) }
      try harness.loop.openListeners()
      let peer = try TestPeer.connected(to: address)
      peer.send("[1]\n")
      #expect(try harness.turn(service) { peer.text == "re:[1]\n" })
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `two framings are served on one port`(_ kind: PollerKind) throws {
    try onLoop { service in
      let harness = try LoopHarness(kind, serving: service)
      let address = try harness.loop.listen(on: ListenAddress(host: .ipv4Loopback, port: 0))
      let (line, header) = (
        try TestPeer.connected(to: address), try TestPeer.connected(to: address)
      )
      line.send("[1]\n")
      header.send("content-length: 3\r\n\r\n[2]")
      #expect(try harness.turn(service) { line.text.hasSuffix("\n") && header.text.hasSuffix("]") })
      #expect(line.text == "re:[1]\n")
      #expect(header.text == "Content-Length: 6\r\n\r\nre:[2]")
    }
  }

  @Test(arguments: PollerKind.allCases)
  func `connections above the limit are told so and closed`(_ kind: PollerKind) throws {
    try onLoop { service in
      var limits = TransportLimits()
      limits.connections = 2
      let harness = try LoopHarness(kind, serving: service, limits: limits)
      let address = try harness.loop.listen(on: ListenAddress(host: .ipv4Loopback, port: 0))
      let admitted = try (0..<2).map { _ in try TestPeer.connected(to: address) }
      #expect(try harness.turn(service) { harness.loop.channels.count == 2 })
      let refused = try TestPeer.connected(to: address)
      #expect(
        try harness.turn(service) {
          refused.receive()
          return refused.hasEnded
        })
      #expect(refused.text.contains("\"code\":1008"))
      admitted[0].send("[1]\n")
      #expect(try harness.turn(service) { admitted[0].text == "re:[1]\n" })
      admitted[1].hangUp()
      #expect(try harness.turn(service) { harness.loop.channels.count == 1 })
      let late = try TestPeer.connected(to: address)
      late.send("[2]\n")
      #expect(try harness.turn(service) { late.text == "re:[2]\n" })
    }
  }

  @Test func `connections of one address can be limited`() throws {
    try onLoop { service in
      var limits = TransportLimits()
      limits.connectionsPerAddress = 1
      let harness = try LoopHarness(.native, serving: service, limits: limits)
      let address = try harness.loop.listen(on: ListenAddress(host: .ipv4Loopback, port: 0))
      let first = try TestPeer.connected(to: address)
      #expect(try harness.turn(service) { harness.loop.channels.count == 1 })
      let second = try TestPeer.connected(to: address)
      #expect(try harness.turn(service) { second.text.contains("\"code\":1008") })
      first.hangUp()
      #expect(try harness.turn(service) { harness.loop.connectionsByHost.isEmpty })
    }
  }

  @Test func `a port that is taken is refused with its address`() throws {
    try onLoop { service in
      let harness = try LoopHarness(.native, serving: service)
      let address = try harness.loop.listen(on: ListenAddress(host: .ipv4Loopback, port: 0))
      let error = #expect(throws: SystemError.self) { try Listener(address) }
      #expect(error?.description.contains(address.description) == true)
    }
  }
}

@Suite struct ListenAddressTests {
  @Test(arguments: [
    ("127.0.0.1:0", "127.0.0.1:0"), ("127.0.0.1:65535", "127.0.0.1:65535"),
    ("localhost:4000", "127.0.0.1:4000"),
    ("[::1]:4000", "[::1]:4000"),
  ])
  func `loopback addresses are taken`(_ text: String, _ expected: String) throws {
    #expect(try ListenAddress(parsing: text).description == expected)
  }

  @Test(arguments: [
    "0.0.0.0:80", "[::]:80", "192.168.0.1:80", "example.com:80", "127.0.0.2:80", "::1:80",
  ])
  func `all others are refused by name`(_ text: String) {
    let host = String(text.prefix(upTo: text.lastIndex(of: ":") ?? text.endIndex))
    #expect(throws: ListenAddressError.notLoopback(host)) { try ListenAddress(parsing: text) }
  }

  @Test(arguments: [
    "", "4000", ":4000", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:-1",
    "127.0.0.1:65536",
  ])
  func `what is no address is refused`(_ text: String) {
    #expect(throws: ListenAddressError.malformed(text)) { try ListenAddress(parsing: text) }
  }
}
