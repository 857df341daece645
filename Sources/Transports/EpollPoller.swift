#if os(Linux)
  import CEpoll
  import Glibc

  package final class EpollPoller: Poller {
    private let descriptor: Int32
    private var watched: Set<Int32> = []
    /// epoll refuses regular files and `/dev/null`, which never keep anybody waiting. poll(2)
    /// calls them ready at all times, and so does this.
    private var alwaysReady: [Int32: Readiness] = [:]
    private var ready = [epoll_event](repeating: epoll_event(), count: 256)

    package init() throws(SystemError) {
      descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
      guard descriptor >= 0 else { throw SystemError("epoll_create1") }
    }

    deinit {
      close(descriptor)
    }

    package func watch(
      _ target: Int32, for interest: Interest, token: UInt64
    ) throws(SystemError) {
      if alwaysReady[target] != nil {
        alwaysReady[target] = Self.readiness(of: interest, token)
        return
      }
      var event = epoll_event()
      if interest.contains(.readable) { event.events |= EPOLLIN.rawValue }
      if interest.contains(.writable) { event.events |= EPOLLOUT.rawValue }
      event.data.u64 = token
      let operation = watched.contains(target) ? EPOLL_CTL_MOD : EPOLL_CTL_ADD
      if epoll_ctl(descriptor, operation, target, &event) == 0 {
        watched.insert(target)
      } else if errno == EPERM {
        alwaysReady[target] = Self.readiness(of: interest, token)
      } else {
        throw SystemError("epoll_ctl")
      }
    }

    package func forget(_ target: Int32) {
      if watched.remove(target) != nil {
        _ = epoll_ctl(descriptor, EPOLL_CTL_DEL, target, nil)
      }
      alwaysReady[target] = nil
    }

    package func wait(milliseconds: Int32?, into events: inout [Readiness]) throws(SystemError) {
      events.removeAll(keepingCapacity: true)
      for readiness in alwaysReady.values where readiness.isReadable || readiness.isWritable {
        events.append(readiness)
      }
      let limit = events.isEmpty ? milliseconds ?? -1 : 0
      let count = epoll_wait(descriptor, &ready, Int32(ready.count), limit)
      guard count >= 0 else {
        if errno == EINTR { return }
        throw SystemError("epoll_wait")
      }
      for event in ready.prefix(Int(count)) {
        events.append(
          Readiness(
            token: event.data.u64,
            isReadable: event.events & EPOLLIN.rawValue != 0,
            isWritable: event.events & EPOLLOUT.rawValue != 0,
            isBroken: event.events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0))
      }
    }

    private static func readiness(of interest: Interest, _ token: UInt64) -> Readiness {
      Readiness(
        token: token, isReadable: interest.contains(.readable),
        isWritable: interest.contains(.writable))
    }
  }
#endif
