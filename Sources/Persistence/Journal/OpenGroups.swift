/// What was appended and not yet written: one group after another, the last one still growing.
///
/// The events are encoded at once, behind room for the header that is filled in when the group is sealed.
/// Sealing happens only between commands, so that half a command is never found on disk.
struct OpenGroups: Sendable {
  private let storeID: StoreID
  private let maximumBytes: Int
  private(set) var bytes: [UInt8] = []
  /// Where the header of the growing group goes; nil while no group is growing.
  private var headerOffset: Int?
  private var eventCount: UInt32 = 0
  private var contents = CRC32C()
  private(set) var isInsideCommand = false
  /// Some group became larger than a reader accepts. It must not be written.
  private(set) var isOversized = false

  /// The last event appended.
  private(set) var lastSequence: UInt64
  /// The checksum of the last group sealed.
  private(set) var chain: UInt32

  init(storeID: StoreID, maximumBytes: Int, after position: JournalPosition) {
    self.storeID = storeID
    self.maximumBytes = maximumBytes
    lastSequence = position.sequence
    chain = position.chain
  }

  var isEmpty: Bool { bytes.isEmpty }

  mutating func append(type: UInt16, version: UInt16, payload: [UInt8]) -> UInt64 {
    if headerOffset == nil {
      headerOffset = bytes.count
      bytes.append(zeros: GroupHeader.byteCount)
    }
    isInsideCommand = true
    lastSequence += 1
    eventCount &+= 1
    if payload.count > maximumBytes {
      isOversized = true
    } else {
      contents.update(
        StoredEvent.encode(type: type, version: version, payload: payload, into: &bytes))
    }
    return lastSequence
  }

  mutating func endCommand(durableThrough: UInt64) {
    isInsideCommand = false
    if let headerOffset, bytes.count - headerOffset >= Limits.sealedGroupBytes {
      seal(durableThrough: durableThrough)
    }
  }

  mutating func seal(durableThrough: UInt64) {
    guard let offset = headerOffset else { return }
    let bodyByteCount = bytes.count - offset - GroupHeader.byteCount
    headerOffset = nil
    guard bodyByteCount <= maximumBytes else {
      isOversized = true
      return
    }
    let header = GroupHeader(
      bodyByteCount: bodyByteCount, firstSequence: lastSequence - UInt64(eventCount) + 1,
      durableThrough: durableThrough, eventCount: eventCount, contents: contents.value,
      chain: chain
    ).encoded(for: storeID)
    bytes.replaceSubrange(offset..<offset + GroupHeader.byteCount, with: header)
    chain = GroupHeader.chain(after: header[...])
    eventCount = 0
    contents = CRC32C()
  }

  /// Forgets what has been written.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= Limits.keptBufferBytes)
  }
}
