#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An address as the socket calls take it.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

  /// Room for one that a call fills in.
  init() {}

  init(_ address: ListenAddress) {
    switch address.host {
    case .ipv4Loopback:
      var ipv4 = sockaddr_in()
      ipv4.sin_family = sa_family_t(AF_INET)
      ipv4.sin_port = address.port.bigEndian
      ipv4.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
      set(ipv4)
    case .ipv6Loopback:
      var ipv6 = sockaddr_in6()
      ipv6.sin6_family = sa_family_t(AF_INET6)
      ipv6.sin6_port = address.port.bigEndian
      ipv6.sin6_addr = in6addr_loopback
      set(ipv6)
    }
  }

  var family: Int32 { Int32(storage.ss_family) }

  var port: UInt16 {
    // Both families have the port in the same place.
    withUnsafeBytes(of: storage) {
      UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
    }
  }

  /// Without the port: what is counted and shown.
  var host: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let offset = family == AF_INET ? 4 : 8
    let isKnown = withUnsafeBytes(of: storage) { bytes in
      inet_ntop(family, bytes.baseAddress.map { $0 + offset }, &text, socklen_t(text.count)) != nil
    }
    guard isKnown else { return "unknown" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
    withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
  }

  mutating func withMutablePointer<Result>(
    _ body: (UnsafeMutablePointer<sockaddr>, inout socklen_t) -> Result
  ) -> Result {
    length = socklen_t(MemoryLayout<sockaddr_storage>.size)
    return withUnsafeMutablePointer(to: &storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, &length) }
    }
  }

  private mutating func set<Address>(_ address: Address) {
    withUnsafeMutableBytes(of: &storage) { target in
      withUnsafeBytes(of: address) { target.copyMemory(from: $0) }
    }
    length = socklen_t(MemoryLayout<Address>.size)
    #if canImport(Darwin)
      storage.ss_len = UInt8(length)
    #endif
  }
}

/// The side of whoever calls. Both give -1 and set `errno` where they fail.
extension ListenAddress {
  package func openSocket() -> Int32 {
    let descriptor = socket(SocketAddress(self).family, Platform.streamSocket, 0)
    if descriptor >= 0 { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return descriptor
  }

  package func connect(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      SocketAddress(self).withPointer { Glibc.connect(descriptor, $0, $1) }
    #else
      SocketAddress(self).withPointer { Darwin.connect(descriptor, $0, $1) }
    #endif
  }
}
