extension JSONWriter {
  @inlinable
  public mutating func integer(_ value: Int64) {
    putDigits(of: value.magnitude, isNegative: value < 0)
  }

  @inlinable
  public mutating func unsigned(_ value: UInt64) {
    putDigits(of: value, isNegative: false)
  }

  @usableFromInline
  mutating func putDigits(of magnitude: UInt64, isNegative: Bool) {
    put(20) { room, place in
      if isNegative { room[place] = ASCII.minus }
      let first = isNegative ? place + 1 : place
      let end = first + Self.digitCount(of: magnitude)
      var (rest, digit) = (magnitude, end)
      while digit > first {
        digit -= 1
        room[digit] = ASCII.zero &+ UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      return end
    }
  }

  private static func digitCount(of magnitude: UInt64) -> Int {
    var length = 1
    var bound: UInt64 = 10
    while magnitude >= bound {
      length += 1
      // The largest number has twenty digits, and its bound would not fit.
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    return length
  }

  /// Escapes quotes, backslashes and control characters; all other text stays as it is.
  @inlinable
  public mutating func string(_ value: String) {
    let done: Void? = value.utf8.withContiguousStorageIfAvailable { putString($0) }
    if done == nil { Array(value.utf8).withUnsafeBufferPointer { putString($0) } }
  }

  @usableFromInline
  mutating func putString(_ text: UnsafeBufferPointer<UInt8>) {
    var copied = 0
    put(text.count + 2) { room, place in
      room[place] = ASCII.quote
      copied = Self.copyPlain(
        text, to: UnsafeMutableRawBufferPointer(rebasing: room[(place + 1)...]))
      // Where the rest needs escapes, what follows writes over this quote.
      room[place + 1 + copied] = ASCII.quote
      return place + 2 + copied
    }
    if copied < text.count {
      count -= 1
      putEscaped(UnsafeBufferPointer(rebasing: text[copied...]))
      makeRoom(1)
      storage[count] = ASCII.quote
      count += 1
    }
  }

  /// Copies up to the first byte that needs an escape; gives how many bytes that were.
  private static func copyPlain(
    _ text: UnsafeBufferPointer<UInt8>, to room: UnsafeMutableRawBufferPointer
  ) -> Int {
    guard let base = text.baseAddress else { return 0 }
    var place = 0
    while text.count - place >= 8 {
      let eight = EightBytes(at: base + place)
      if eight.needsEscape != 0 { break }
      room.storeBytes(of: eight.bits.littleEndian, toByteOffset: place, as: UInt64.self)
      place += 8
    }
    while place < text.count {
      let byte = text[place]
      if byte < 0x20 || byte == ASCII.quote || byte == ASCII.backslash { break }
      room[place] = byte
      place += 1
    }
    return place
  }

  private mutating func putEscaped(_ text: UnsafeBufferPointer<UInt8>) {
    // An escape is at most six bytes.
    makeRoom(text.count * 6)
    var place = count
    storage.withUnsafeMutableBufferPointer { room in
      for byte in text {
        let short: UInt8? =
          switch byte {
          case ASCII.quote, ASCII.backslash: byte
          case 0x08: 0x62  // b
          case ASCII.tab: ASCII.letterT
          case ASCII.lineFeed: ASCII.letterN
          case 0x0C: ASCII.letterF
          case ASCII.carriageReturn: 0x72  // r
          default: nil
          }
        if let short {
          room[place] = ASCII.backslash
          room[place + 1] = short
          place += 2
        } else if byte < 0x20 {
          room[place] = ASCII.backslash
          room[place + 1] = ASCII.letterU
          room[place + 2] = ASCII.zero
          room[place + 3] = ASCII.zero
          room[place + 4] = ASCII.zero + byte >> 4
          room[place + 5] = Self.hexadecimalDigit(byte & 0xF)
          place += 6
        } else {
          room[place] = byte
          place += 1
        }
      }
    }
    count = place
  }

  private static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? ASCII.zero + value : 0x61 + value - 10
  }
}
