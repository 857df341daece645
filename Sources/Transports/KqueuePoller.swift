#if canImport(Darwin)
  import Darwin

  package final class KqueuePoller: Poller {
    private let descriptor: Int32
    private var watched: [Int32: Interest] = [:]
    private var ready = [kevent](repeating: kevent(), count: 256)

    package init() throws(SystemError) {
      descriptor = kqueue()
      guard descriptor >= 0 else { throw SystemError("kqueue") }
      Platform.closeOnExec(descriptor)
    }

    deinit {
      close(descriptor)
    }

    package func watch(
      _ target: Int32, for interest: Interest, token: UInt64
    ) throws(SystemError) {
      let former = watched[target] ?? []
      try change(
        target, EVFILT_READ, was: former.contains(.readable), interest.contains(.readable), token)
      try change(
        target, EVFILT_WRITE, was: former.contains(.writable), interest.contains(.writable), token)
      watched[target] = interest
    }

    package func forget(_ target: Int32) {
      guard let former = watched.removeValue(forKey: target) else { return }
      try? change(target, EVFILT_READ, was: former.contains(.readable), false, 0)
      try? change(target, EVFILT_WRITE, was: former.contains(.writable), false, 0)
    }

    package func wait(milliseconds: Int32?, into events: inout [Readiness]) throws(SystemError) {
      events.removeAll(keepingCapacity: true)
      let limit = Int(milliseconds ?? 0)
      var time = timespec(tv_sec: limit / 1_000, tv_nsec: limit % 1_000 * 1_000_000)
      let count =
        milliseconds == nil
        ? kevent(descriptor, nil, 0, &ready, Int32(ready.count), nil)
        : kevent(descriptor, nil, 0, &ready, Int32(ready.count), &time)
      guard count >= 0 else {
        if errno == EINTR { return }
        throw SystemError("kevent")
      }
      for event in ready.prefix(Int(count)) {
        let isReading = event.filter == Int16(EVFILT_READ)
        // The end of the input is read like any input; a writer without a reader is broken.
        let hasEnded = event.flags & UInt16(EV_EOF) != 0
        events.append(
          Readiness(
            token: UInt64(UInt(bitPattern: event.udata)), isReadable: isReading,
            isWritable: !isReading,
            isBroken: event.flags & UInt16(EV_ERROR) != 0 || (hasEnded && !isReading)))
      }
    }

    private func change(
      _ target: Int32, _ filter: Int32, was: Bool, _ wanted: Bool, _ token: UInt64
    ) throws(SystemError) {
      guard was || wanted else { return }
      var event = kevent(
        ident: UInt(target), filter: Int16(filter),
        flags: UInt16(wanted ? EV_ADD | EV_ENABLE : EV_DELETE), fflags: 0, data: 0,
        udata: UnsafeMutableRawPointer(bitPattern: UInt(token)))
      guard kevent(descriptor, &event, 1, nil, 0, nil) == 0 || !wanted else {
        throw SystemError("kevent")
      }
    }
  }
#endif
