// All numbers on disk are little endian and of fixed width.

extension [UInt8] {
  mutating func append(littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }

  mutating func replace(at offset: Int, littleEndian number: some FixedWidthInteger) {
    Swift.withUnsafeBytes(of: number.littleEndian) {
      replaceSubrange(offset..<offset + $0.count, with: $0)
    }
  }

  mutating func append(zeros count: Int) {
    append(contentsOf: repeatElement(0, count: count))
  }

  /// Ends a record with the CRC-32C of all of it.
  mutating func appendChecksum() {
    append(littleEndian: CRC32C.checksum(of: self[...]))
  }
}

extension ArraySlice<UInt8> {
  /// The number at an offset from the start of the slice, which must hold all of it.
  func number<Number: FixedWidthInteger>(at offset: Int, as type: Number.Type = Number.self)
    -> Number
  {
    let start = startIndex + offset
    precondition(start + MemoryLayout<Number>.size <= endIndex, "A number ends past its record.")
    return withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }

  func part(_ range: Range<Int>) -> ArraySlice<UInt8> {
    self[startIndex + range.lowerBound..<startIndex + range.upperBound]
  }

  /// Whether the last four bytes are the CRC-32C of those before.
  var hasValidChecksum: Bool {
    count >= 4 && number(at: count - 4) == CRC32C.checksum(of: dropLast(4))
  }

  /// Eight bytes at a time, since after a crash megabytes of zeros are looked through.
  var isAllZero: Bool {
    withUnsafeBytes { bytes in
      var offset = 0
      while offset &+ 8 <= bytes.count {
        if bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self) != 0 { return false }
        offset &+= 8
      }
      return bytes[offset...].allSatisfy { $0 == 0 }
    }
  }
}
