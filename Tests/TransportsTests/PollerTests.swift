import Testing

@testable import Transports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

@Suite struct PollerTests {
  private func ready(_ poller: any Poller) throws -> [Readiness] {
    var events: [Readiness] = []
    try poller.wait(milliseconds: 0, into: &events)
    return events.sorted { $0.token < $1.token }
  }

  @Test(arguments: PollerKind.allCases)
  func `what is not dealt with is reported again`(_ kind: PollerKind) throws {
    let poller = try kind.make()
    let (peer, stream) = try TestPeer.pair()
    try poller.watch(stream.descriptor, for: .readable, token: 7)
    #expect(try ready(poller).isEmpty)
    peer.send("x")
    for _ in 0..<2 { #expect(try ready(poller) == [Readiness(token: 7, isReadable: true)]) }
  }

  @Test(arguments: PollerKind.allCases)
  func `what is watched for can change`(_ kind: PollerKind) throws {
    let poller = try kind.make()
    let (peer, stream) = try TestPeer.pair()
    peer.send("x")
    try poller.watch(stream.descriptor, for: [.readable, .writable], token: 7)
    #expect(try ready(poller).contains { $0.isReadable })
    #expect(try ready(poller).contains { $0.isWritable })
    try poller.watch(stream.descriptor, for: .writable, token: 8)
    #expect(try ready(poller) == [Readiness(token: 8, isWritable: true)])
    try poller.watch(stream.descriptor, for: [], token: 9)
    #expect(try ready(poller).isEmpty)
    poller.forget(stream.descriptor)
    poller.forget(stream.descriptor)
    #expect(try ready(poller).isEmpty)
  }

  @Test(arguments: PollerKind.allCases)
  func `files and the null device are ready at all times`(_ kind: PollerKind) throws {
    let poller = try kind.make()
    let (file, null) = (try temporaryFile(), OwnedDescriptor(open("/dev/null", O_RDWR)))
    try poller.watch(file.rawValue, for: .readable, token: 1)
    try poller.watch(null.rawValue, for: .readable, token: 2)
    #expect(try ready(poller).map(\.token) == [1, 2])
    try poller.watch(file.rawValue, for: [], token: 1)
    #expect(try ready(poller).map(\.token) == [2])
    poller.forget(null.rawValue)
    #expect(try ready(poller).isEmpty)
  }

  @Test(arguments: PollerKind.allCases)
  func `forgetting one leaves the others`(_ kind: PollerKind) throws {
    let poller = try kind.make()
    let pairs = try (0..<5).map { _ in try TestPeer.pair() }
    for (token, pair) in pairs.enumerated() {
      try poller.watch(pair.stream.descriptor, for: .readable, token: UInt64(token))
      pair.peer.send("x")
    }
    poller.forget(pairs[0].stream.descriptor)
    poller.forget(pairs[3].stream.descriptor)
    #expect(try ready(poller).map(\.token) == [1, 2, 4])
  }

  @Test(arguments: PollerKind.allCases)
  func `the end of a peer is reported whatever is watched for`(_ kind: PollerKind) throws {
    let poller = try kind.make()
    let (peer, stream) = try TestPeer.pair()
    try poller.watch(stream.descriptor, for: [], token: 7)
    peer.hangUp()
    #if os(Linux)
      #expect(try ready(poller).map(\.isBroken) == [true])
    #endif
  }
}
