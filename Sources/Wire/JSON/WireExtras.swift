/// The keys of an object that no field took, in their order: what an editor keeps in a document
/// beside our own fields survives a round trip.
public struct WireExtras: Sendable, Equatable {
  public var entries: [(key: String, value: RawJSON)]

  @inlinable
  public init() {
    entries = []
  }

  @inlinable
  public var isEmpty: Bool { entries.isEmpty }

  public static func == (left: Self, right: Self) -> Bool {
    left.entries.elementsEqual(right.entries) {
      isSameText($0.key, $1.key) && $0.value == $1.value
    }
  }

  static func readBinary(_ reader: inout BinaryReader) throws(WireError) -> WireExtras {
    let map = try WireMap<RawJSON>.readBinary(&reader)
    var extras = WireExtras()
    extras.entries = map.entries
    return extras
  }

  func writeBinary(_ writer: inout BinaryWriter) {
    var map = WireMap<RawJSON>()
    map.entries = entries
    map.writeBinary(&writer)
  }
}
