/// The start of a group: the events of one or more commands, written together, all or nothing.
///
/// | offset | bytes | field |
/// |-------:|------:|---|
/// | 0 | 4 | `OPCG` |
/// | 4 | 4 | length of the events that follow, in bytes |
/// | 8 | 8 | sequence of the first event |
/// | 16 | 8 | durable through: the last sequence known durable when this group was written |
/// | 24 | 4 | number of events, at least one |
/// | 28 | 4 | CRC-32C of the events' own checksums, in order |
/// | 32 | 4 | chain: checksum (the next field) of the group before |
/// | 36 | 4 | CRC-32C of the store identifier followed by bytes 0 to 35 |
///
/// The checksum covers the chain, which covers the group before, and so on to the first: a missing, doubled
/// or swapped group shows. At the first group of all the chain is the CRC-32C of the store identifier.
/// Since the header has its own checksum, a damaged length is found before anything is read by it.
struct GroupHeader: Equatable {
  static let byteCount = 40
  static let magic = Array("OPCG".utf8)

  var bodyByteCount: Int
  var firstSequence: UInt64
  var durableThrough: UInt64
  var eventCount: UInt32
  var contents: UInt32
  var chain: UInt32

  var lastSequence: UInt64 { firstSequence + UInt64(eventCount) - 1 }

  func encoded(for storeID: StoreID) -> [UInt8] {
    var bytes = Self.magic
    bytes.append(littleEndian: UInt32(bodyByteCount))
    bytes.append(littleEndian: firstSequence)
    bytes.append(littleEndian: durableThrough)
    bytes.append(littleEndian: eventCount)
    bytes.append(littleEndian: contents)
    bytes.append(littleEndian: chain)
    bytes.append(littleEndian: Self.checksum(of: bytes[...], storeID))
    return bytes
  }

  init(
    bodyByteCount: Int, firstSequence: UInt64, durableThrough: UInt64, eventCount: UInt32,
    contents: UInt32, chain: UInt32
  ) {
    self.bodyByteCount = bodyByteCount
    self.firstSequence = firstSequence
    self.durableThrough = durableThrough
    self.eventCount = eventCount
    self.contents = contents
    self.chain = chain
  }

  /// Nil unless the bytes are a whole header of this store.
  init?(_ bytes: ArraySlice<UInt8>, storeID: StoreID) {
    guard bytes.count == Self.byteCount, bytes.starts(with: Self.magic),
      bytes.number(at: 36) == Self.checksum(of: bytes.part(0..<36), storeID)
    else { return nil }
    bodyByteCount = Int(bytes.number(at: 4, as: UInt32.self))
    firstSequence = bytes.number(at: 8)
    durableThrough = bytes.number(at: 16)
    eventCount = bytes.number(at: 24)
    contents = bytes.number(at: 28)
    chain = bytes.number(at: 32)
    guard eventCount > 0, firstSequence > 0, firstSequence < Limits.lastSequence,
      bodyByteCount <= Limits.groupBytes
    else { return nil }
  }

  /// What the chain of the next group must be: the checksum of this header.
  static func chain(after header: ArraySlice<UInt8>) -> UInt32 { header.number(at: 36) }

  private static func checksum(of bytes: ArraySlice<UInt8>, _ storeID: StoreID) -> UInt32 {
    var checksum = CRC32C()
    checksum.update(storeID.bytes[...])
    checksum.update(bytes)
    return checksum.value
  }
}
