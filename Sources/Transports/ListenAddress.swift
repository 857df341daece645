/// Where to listen: `127.0.0.1:4000`, `[::1]:4000`, `localhost:0`. Port 0 takes any free port.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
  package enum Host: Hashable, Sendable {
    case ipv4Loopback
    case ipv6Loopback
  }

  package let host: Host
  package let port: UInt16

  package init(host: Host, port: UInt16) {
    self.host = host
    self.port = port
  }

  /// A token on plain TCP can be read on the way, so nothing leaves the machine: other addresses
  /// are refused.
  package init(parsing text: String) throws(ListenAddressError) {
    guard let colon = text.lastIndex(of: ":") else { throw .malformed(text) }
    let digits = text[text.index(after: colon)...]
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }),
      let port = UInt16(digits)
    else {
      throw .malformed(text)
    }
    switch text[..<colon] {
    case "127.0.0.1", "localhost": host = .ipv4Loopback
    case "[::1]": host = .ipv6Loopback
    case "": throw .malformed(text)
    case let other: throw .notLoopback(String(other))
    }
    self.port = port
  }

  package var description: String {
    switch host {
    case .ipv4Loopback: "127.0.0.1:\(port)"
    case .ipv6Loopback: "[::1]:\(port)"
    }
  }
}

package enum ListenAddressError: Error, Equatable, CustomStringConvertible {
  case malformed(String)
  case notLoopback(String)

  package var description: String {
    switch self {
    case .malformed(let text):
      "expected an address such as 127.0.0.1:4000 or [::1]:4000; found \"\(text)\""
    case .notLoopback(let host):
      """
      expected 127.0.0.1 or [::1], since what is sent further can be read on the way; found \
      "\(host)"; reach it from elsewhere through ssh -L
      """
    }
  }
}
