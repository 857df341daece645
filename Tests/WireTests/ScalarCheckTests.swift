import Testing

import Wire

struct ScalarCheckTests {
  private func isValid(_ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer(ScalarCheck.passes)
  }

  @Test func `it agrees with the standard library on sequences of up to four bytes`() {
    // Of each kind of byte that the table tells apart, the first and the last.
    let edges: [UInt8] = [
      0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
      0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    var differing: [[UInt8]] = []
    for first in edges {
      for second in edges {
        for third in edges {
          for fourth in [0x61, 0x7F, 0x80, 0xBF, 0xC2] as [UInt8] {
            for length in 0...4 {
              let bytes = Array([first, second, third, fourth].prefix(length))
              let expected = String(validating: bytes, as: UTF8.self) != nil
              if isValid(bytes) != expected { differing.append(bytes) }
            }
          }
        }
      }
    }
    #expect(differing.isEmpty)
  }
}
