#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// poll(2), which is everywhere. Its cost grows with the number of descriptors.
package final class PollPoller: Poller {
  private var entries: [pollfd] = []
  private var tokens: [UInt64] = []
  private var places: [Int32: Int] = [:]

  package init() {}

  package func watch(
    _ descriptor: Int32, for interest: Interest, token: UInt64
  ) throws(SystemError) {
    var flags: Int32 = 0
    if interest.contains(.readable) { flags |= Int32(POLLIN) }
    if interest.contains(.writable) { flags |= Int32(POLLOUT) }
    let entry = pollfd(fd: descriptor, events: Int16(flags), revents: 0)
    if let place = places[descriptor] {
      entries[place] = entry
      tokens[place] = token
    } else {
      places[descriptor] = entries.count
      entries.append(entry)
      tokens.append(token)
    }
  }

  package func forget(_ descriptor: Int32) {
    guard let place = places.removeValue(forKey: descriptor) else { return }
    let last = entries.count - 1
    if place != last {
      entries[place] = entries[last]
      tokens[place] = tokens[last]
      places[entries[place].fd] = place
    }
    entries.removeLast()
    tokens.removeLast()
  }

  package func wait(milliseconds: Int32?, into events: inout [Readiness]) throws(SystemError) {
    events.removeAll(keepingCapacity: true)
    guard poll(&entries, nfds_t(entries.count), milliseconds ?? -1) >= 0 else {
      if errno == EINTR { return }
      throw SystemError("poll")
    }
    for (place, entry) in entries.enumerated() where entry.revents != 0 {
      let flags = Int32(entry.revents)
      events.append(
        Readiness(
          token: tokens[place],
          isReadable: flags & Int32(POLLIN) != 0,
          isWritable: flags & Int32(POLLOUT) != 0,
          isBroken: flags & Int32(POLLERR | POLLHUP | POLLNVAL) != 0))
    }
  }
}
