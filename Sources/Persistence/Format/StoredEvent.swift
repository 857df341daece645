/// One event of the journal: a type, the version of that type's layout, and bytes that only the engine reads.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 4 | length of the payload |
/// | 4 | 2 | type number |
/// | 6 | 2 | version of the type |
/// | 8 | length | payload |
/// | 8 + length | 4 | CRC-32C of everything before |
///
/// The sequence is not stored: it is that of the group's first event, counted up.
package struct StoredEvent: Sendable {
  package var sequence: UInt64
  package var type: UInt16
  package var version: UInt16
  package var payload: ArraySlice<UInt8>

  static let headerByteCount = 8
  /// What an event takes beside its payload.
  static let overheadByteCount = 12

  /// Adds an event to a group's bytes and returns its checksum.
  static func encode(
    type: UInt16, version: UInt16, payload: [UInt8], into bytes: inout [UInt8]
  ) -> UInt32 {
    let start = bytes.count
    bytes.append(littleEndian: UInt32(payload.count))
    bytes.append(littleEndian: type)
    bytes.append(littleEndian: version)
    bytes.append(contentsOf: payload)
    let checksum = CRC32C.checksum(of: bytes[start...])
    bytes.append(littleEndian: checksum)
    return checksum
  }

  /// All events of a group, or nil if one is damaged, they do not fill the body exactly, or they are not
  /// those that the header was written for.
  static func decodeAll(_ body: ArraySlice<UInt8>, of header: GroupHeader) -> [StoredEvent]? {
    guard Int(header.eventCount) <= body.count / overheadByteCount else { return nil }
    var events: [StoredEvent] = []
    events.reserveCapacity(Int(header.eventCount))
    var contents = CRC32C()
    var rest = body
    while !rest.isEmpty {
      guard rest.count >= overheadByteCount else { return nil }
      let length = Int(rest.number(at: 0, as: UInt32.self))
      guard length <= rest.count - overheadByteCount else { return nil }
      let checksum: UInt32 = rest.number(at: headerByteCount + length)
      guard checksum == CRC32C.checksum(of: rest.part(0..<headerByteCount + length)) else {
        return nil
      }
      contents.update(checksum)
      events.append(
        StoredEvent(
          sequence: header.firstSequence + UInt64(events.count), type: rest.number(at: 4),
          version: rest.number(at: 6),
          payload: rest.part(headerByteCount..<headerByteCount + length)))
      guard events.count <= Int(header.eventCount) else { return nil }
      rest = rest.dropFirst(length + overheadByteCount)
    }
    guard events.count == Int(header.eventCount), contents.value == header.contents else {
      return nil
    }
    return events
  }
}
