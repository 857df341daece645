import Testing

@testable import opcenter

struct CSVWriterTests {
  private func written(_ fields: [String]) -> String {
    var writer = CSVWriter()
    writer.append(fields)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (["a", "", "c"], "a,,c\r\n"),
    (["a,b", "c"], "\"a,b\",c\r\n"),
    (["say \"hi\""], "\"say \"\"hi\"\"\"\r\n"),
    (["two\nlines", "two\rlines"], "\"two\nlines\",\"two\rlines\"\r\n"),
    (["मीरा", " spaced "], "मीरा, spaced \r\n"),
  ])
  func `fields are quoted where they need it`(_ fields: [String], _ line: String) {
    #expect(written(fields) == line)
  }

  @Test(arguments: [
    ("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"), ("＝1+1", "'＝1+1"),
    ("+1+1", "'+1+1"), ("-cmd", "'-cmd"), ("-", "'-"), ("+", "'+"), ("-1.", "'-1."),
    ("-1.2.3", "'-1.2.3"), ("+6281230000099", "+6281230000099"), ("-3", "-3"), ("-0.5", "-0.5"),
    ("3", "3"), ("a=b", "a=b"), ("", ""), ("\n=1", "'\n=1"), ("\r=1", "'\r=1"),
  ])
  func `what a spreadsheet would run becomes a text`(_ field: String, _ harmless: String) {
    #expect(CSVWriter.harmless(field) == harmless)
  }

  @Test func `what is written is read again`() throws {
    let rows = [
      ["name", "note"], ["Ana \"la\" Wijaya", "a,b\r\nc"], ["", ""], ["ø", "'quoted'"],
    ]
    var writer = CSVWriter()
    writer.appendByteOrderMark()
    for row in rows { writer.append(row) }
    let bytes = writer.takeBytes()
    #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    #expect(writer.bytes.isEmpty)
    let read = try CSVReader(Array(bytes.dropFirst(3))).map { try $0.get().texts }
    #expect(read == rows)
  }
}
