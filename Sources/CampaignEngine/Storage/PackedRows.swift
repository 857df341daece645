import Wire

/// Rows in their binary form, one of which can be read without the others.
struct PackedRows<Row: TableRow>: Sendable {
  /// As a snapshot has them: their number, and one after the other.
  let bytes: [UInt8]
  /// Where each begins. A block of long messages has more than 64 KiB.
  private let offsets: [UInt32]
  var links: ContiguousArray<Row.Links>
  /// The newest time that one of them tells of; nobody knows before all were read.
  var changedAt: Timestamp

  var count: Int { offsets.count }

  init(_ rows: ContiguousArray<Row>, changedAt: Timestamp) {
    var writer = BinaryWriter()
    writer.unsigned(UInt64(rows.count))
    var offsets: [UInt32] = []
    offsets.reserveCapacity(rows.count)
    for row in rows {
      offsets.append(UInt32(writer.bytes.count))
      row.writeBinary(&writer)
    }
    // Without the room in which it grew.
    bytes = writer.bytes.withUnsafeBufferPointer { Array($0) }
    self.offsets = offsets
    links = ContiguousArray(rows.map(\.links))
    self.changedAt = changedAt
  }

  /// Rows from a file, none of which has links yet. Only where each begins is looked at: whoever takes
  /// them in reads all of them once, with `readAll`, before anybody else does.
  init(stored bytes: [UInt8]) throws(WireError) {
    var reader = BinaryReader(bytes)
    let count = try reader.unsigned()
    var offsets: [UInt32] = []
    for _ in 0..<count {
      guard let offset = UInt32(exactly: reader.position) else {
        throw reader.damaged("expected a block of at most 4 GiB")
      }
      offsets.append(offset)
      try reader.skipObject()
    }
    guard reader.isAtEnd else {
      throw reader.damaged("expected the end; found \(reader.remaining) more bytes")
    }
    self.bytes = bytes
    self.offsets = offsets
    links = ContiguousArray(repeating: Row().links, count: offsets.count)
    changedAt = .distantFuture
  }

  /// All rows, of which nobody has said yet that they can be read.
  func readAll() throws(WireError) -> [Row] {
    guard let first = offsets.first else { return [] }
    var reader = BinaryReader(bytes, at: Int(first))
    var rows: [Row] = []
    rows.reserveCapacity(offsets.count)
    for place in offsets.indices {
      var row = try Row.readBinary(&reader)
      row.links = links[place]
      rows.append(row)
    }
    return rows
  }

  // Out of line, and given the packed rows alone: whoever reads what is not packed passes by in a few
  // instructions, and nothing around the table is copied for the call.

  @inline(never)
  static func alone(_ packed: PackedRows?, _ place: Int) -> ContiguousArray<Row> {
    guard let packed else { preconditionFailure("a row that is not there") }
    var reader = BinaryReader(packed.bytes, at: Int(packed.offsets[place]))
    return [packed.row(&reader, place)]
  }

  @inline(never)
  static func links(_ packed: PackedRows?, _ place: Int) -> Row.Links {
    guard let packed else { preconditionFailure("a row that is not there") }
    return packed.links[place]
  }

  func forEach(_ body: (Row) -> Void) {
    guard let first = offsets.first else { return }
    var reader = BinaryReader(bytes, at: Int(first))
    for place in offsets.indices { body(row(&reader, place)) }
  }

  /// What stands here was written by us, or read whole when it was taken in.
  private func row(_ reader: inout BinaryReader, _ place: Int) -> Row {
    do throws(WireError) {
      var row = try Row.readBinary(&reader)
      row.links = links[place]
      return row
    } catch {
      preconditionFailure("a packed row that can no longer be read: \(error)")
    }
  }
}
