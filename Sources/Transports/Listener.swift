#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A TCP socket that has its port, and takes connections once it is told to.
final class Listener {
  enum Accepted {
    case connection(ByteStream, host: String)
    case nothing
    /// No descriptors or no memory. Trying again at once would only burn time.
    case exhausted
  }

  let descriptor: Int32
  /// With the port that was chosen.
  let address: ListenAddress
  /// Accepting rests until then.
  var pausedUntil: Int64?

  init(_ wanted: ListenAddress) throws(SystemError) {
    let wantedAddress = SocketAddress(wanted)
    let socket = socket(wantedAddress.family, Platform.streamSocket, 0)
    guard socket >= 0 else { throw SystemError("listen on \(wanted)") }
    Platform.closeOnExec(socket)
    Platform.setNonblocking(socket)
    Platform.setOption(socket, SOL_SOCKET, SO_REUSEADDR, 1)
    var bound = SocketAddress()
    guard wantedAddress.withPointer({ bind(socket, $0, $1) }) == 0,
      bound.withMutablePointer({ getsockname(socket, $0, &$1) }) == 0
    else {
      let error = SystemError("listen on \(wanted)")
      close(socket)
      throw error
    }
    descriptor = socket
    address = ListenAddress(host: wanted.host, port: bound.port)
  }

  deinit {
    close(descriptor)
  }

  func open() throws(SystemError) {
    guard listen(descriptor, SOMAXCONN) == 0 else { throw SystemError("listen on \(address)") }
  }

  func accept() -> Accepted {
    while true {
      var address = SocketAddress()
      let socket = Platform.accept(descriptor, &address)
      if socket >= 0 {
        Platform.prepareConnection(socket)
        return .connection(ByteStream(owning: socket, kind: .socket), host: address.host)
      }
      switch errno {
      // A peer that was gone before its turn came is no reason to stop.
      case EINTR, ECONNABORTED, EPROTO: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return .exhausted
      default: return .nothing
      }
    }
  }
}
