import Foundation
import TestRandom
import Testing

@testable import opcenter

/// Foundation knows all these encodings; the file says which it is.
struct FileTextTests {
  private static let list = "Nombre;Teléfono\r\nJosé “Pepe” Muñoz – €5;+34 600 000 001\r\n"

  private func decoded(_ bytes: [UInt8]) throws -> (text: String, encoding: FileText.Encoding) {
    let file = try FileText(bytes)
    return (String(decoding: file.bytes, as: UTF8.self), file.encoding)
  }

  @Test(arguments: [
    (String.Encoding.utf8, [UInt8]([0xEF, 0xBB, 0xBF]), FileText.Encoding.utf8),
    (.utf8, [], .utf8),
    (.utf16LittleEndian, [0xFF, 0xFE], .utf16), (.utf16BigEndian, [0xFE, 0xFF], .utf16),
    (.utf16LittleEndian, [], .utf16), (.utf16BigEndian, [], .utf16),
    (.windowsCP1252, [], .windows1252),
  ])
  func `a list is read in the encoding that its spreadsheet chose`(
    _ encoding: String.Encoding, _ mark: [UInt8], _ expected: FileText.Encoding
  ) throws {
    let bytes = try mark + [UInt8](#require(Self.list.data(using: encoding)))
    let (text, found) = try decoded(bytes)
    #expect(text == Self.list)
    #expect(found == expected)
  }

  @Test func `every byte of the code page is what it is for others`() throws {
    for byte in UInt8(0x80)...0xFF {
      // Alone among ASCII, so that it can be no UTF-8.
      let bytes = Array("a".utf8) + [byte] + Array("b".utf8)
      let theirs = String(data: Data(bytes), encoding: .windowsCP1252)
      let (text, encoding) = try decoded(bytes)
      if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) {
        #expect(encoding == .utf8, "\(byte)")
      } else {
        #expect(encoding == .windows1252 && text == theirs, "\(byte)")
      }
    }
  }

  @Test func `one damaged row does not make another encoding of a list in UTF-8`() throws {
    let bytes = Array("name,phone\nJosé,1\nJo".utf8) + [0xE9] + Array(",2\n".utf8)
    #expect(try FileText(bytes).encoding == .utf8)
    #expect(try FileText(bytes).bytes == bytes)
  }

  @Test func `a file that ends within a character is refused`() {
    #expect(throws: CSVFault.self) { try FileText([0xFF, 0xFE, 0x41]) }
  }

  @Test(arguments: UInt64(0)..<200)
  func `whatever the bytes are, they are read, and what was UTF-8 stays it`(_ seed: UInt64) throws {
    var random = Random(seed: seed)
    let bytes = (0..<random.below(40)).map { _ in UInt8(random.below(256)) }
    if let file = try? FileText(bytes), file.encoding != .utf8 {
      #expect(String(validating: file.bytes, as: UTF8.self) != nil, "seed \(seed)")
    }
    let text = String(
      String.UnicodeScalarView(
        (0..<random.below(40) + 1).compactMap { _ in Unicode.Scalar(random.below(0x3000) + 1) }))
    #expect(try decoded(Array("n".utf8) + Array(text.utf8)).text == "n" + text, "seed \(seed)")
  }
}
