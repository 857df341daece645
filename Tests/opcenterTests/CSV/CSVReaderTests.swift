import Testing

@testable import opcenter

/// What a reader gave, as text that is easy to compare: fields joined by `|`, or a fault.
private func read(_ text: String, limits: CSVLimits = CSVLimits()) -> [String] {
  read(Array(text.utf8), limits: limits)
}

private func read(_ bytes: [UInt8], limits: CSVLimits = CSVLimits()) -> [String] {
  CSVReader(bytes, limits: limits).map { element in
    switch element {
    case .success(let record): "\(record.line): " + record.texts.joined(separator: "|")
    case .failure(let fault): "\(fault.line)! \(fault.reason.rawValue)"
    }
  }
}

struct CSVReaderTests {
  @Test(arguments: [
    ("a,b\n1,2\n", ["1: a|b", "2: 1|2"]),
    ("a,b\r\n1,2\r\n", ["1: a|b", "2: 1|2"]),
    ("a,b\r1,2\r", ["1: a|b", "2: 1|2"]),
    ("a,b\n1,2", ["1: a|b", "2: 1|2"]),
    ("a,b\n,\n", ["1: a|b", "2: |"]),
    ("a,b\n1,", ["1: a|b", "2: 1|"]),
    ("a,b\n\n\r\n1,2\n\n", ["1: a|b", "4: 1|2"]),
    ("a b , c\n", ["1: a b | c"]),
    ("", []), ("\r\n\n\r", []),
  ])
  func `records end at any line break and empty lines are passed over`(
    text: String, expected: [String]
  ) {
    #expect(read(text) == expected)
  }

  @Test(arguments: [
    (#""a","b""#, ["1: a|b"]),
    (#""a,b",c"#, ["1: a,b|c"]),
    ("\"say \"\"yes\"\"\",\"\"\"\"", [#"1: say "yes"|""#]),
    ("\",\"\"\"", ["1: ,\""]),
    ("\"\",x\n\"\",\"\"", ["1: |x", "2: |"]),
    (#"5" pipe,the "Bob""#, [#"1: 5" pipe|the "Bob""#]),
  ])
  func `quotes hold commas and doubled quotes, and are plain inside an unquoted field`(
    text: String, expected: [String]
  ) {
    #expect(read(text) == expected)
  }

  @Test func `a field may hold line breaks and the lines are counted through it`() {
    #expect(
      read("a,b\n\"x\ny\r\nz\rw\",2\n3,4\n") == ["1: a|b", "2: x\ny\r\nz\rw|2", "6: 3|4"])
  }

  @Test(arguments: [
    ("a,b\n1\n2,3\n", ["1: a|b", "2! too_few_columns", "3: 2|3"]),
    ("a,b\n1,2,3\n4,5\n", ["1: a|b", "2! too_many_columns", "3: 4|5"]),
    ("a,b\n\"1\"x,2\n4,5\n", ["1: a|b", "2! text_after_quote", "3: 4|5"]),
    ("a,b\n1,\"2\n3,4\n5,6", ["1: a|b", "2! unterminated_quote", "3: 3|4", "4: 5|6"]),
    ("a,b\n1,\"2\n3,4\n5,\"six\"\n", ["1: a|b", "2! text_after_quote", "3: 3|4", "4: 5|six"]),
    ("a,b\n\"1\n2\",\"3\"x\n4,5\n", ["1: a|b", "2! text_after_quote", "4: 4|5"]),
    ("a,b\n1,2\"\n\"", ["1: a|b", "2: 1|2\"", "3! unterminated_quote"]),
  ])
  func `a record at fault is reported with its line and the rest goes on`(
    text: String, expected: [String]
  ) {
    #expect(read(text) == expected)
  }

  @Test func `bytes that are not UTF-8 cost only their record`() {
    let bytes = Array("a,b\n1,".utf8) + [0xE9, 0x0A] + Array("é,3\n".utf8)
    #expect(read(bytes) == ["1: a|b", "2! invalid_utf8", "3: é|3"])
  }

  @Test func `a field longer than the limit is refused and one of exactly that length is not`() {
    let limits = CSVLimits(maximumFieldBytes: 4, maximumRecordBytes: 100)
    #expect(
      read("a,b\n1234,x\n12345,x\n\"1\n2\n3\",x\n6,7\n", limits: limits)
        == ["1: a|b", "2: 1234|x", "3! field_too_long", "4! field_too_long", "7: 6|7"])
  }

  @Test func `a record longer than the limit is refused and the next line is read`() {
    let limits = CSVLimits(maximumFieldBytes: 100, maximumRecordBytes: 12)
    #expect(
      read("a,b\n123456789,\"1\n2,3\n4,5\n1234567890123\n6,7\n", limits: limits)
        == ["1: a|b", "2! record_too_long", "3: 2,3", "4: 4,5"].map {
          $0.replacing("2,3", with: "2|3").replacing("4,5", with: "4|5")
        } + ["5! record_too_long", "6: 6|7"])
  }

  @Test func `a record of exactly the longest length is read at the end of a file and before it`() {
    let limits = CSVLimits(maximumFieldBytes: 100, maximumRecordBytes: 8)
    #expect(read("abc,defg", limits: limits) == ["1: abc|defg"])
    #expect(read("\"ab\",\"c\"", limits: limits) == ["1: ab|c"])
    #expect(read("abc,defgh", limits: limits) == ["1! record_too_long"])
  }

  @Test func `a message says what was expected and found and nothing of the file`() {
    let faults = CSVReader(Array("a,b\n1,2,secret\n\"secret\"s,2\n".utf8)).compactMap {
      if case .failure(let fault) = $0 { fault.description } else { nil }
    }
    #expect(
      faults == [
        "line 2: expected 2 columns; found 3",
        "line 3: expected a comma or the end of the line after the closing quote of column 1"
          + " on line 3; a quote inside a field is written twice",
      ])
  }

  @Test func `a trimmed field loses the space around it and nothing inside`() throws {
    var reader = CSVReader(Array("  a b ,\"\t \"\"x\"\"\n\",   ,\" \"".utf8))
    let record = try #require(try reader.next()?.get())
    #expect(record.trimmed(0) == "a b")
    #expect(record.trimmed(1) == "\"x\"")
    #expect(record.trimmed(2) == nil)
    #expect(record.trimmed(3) == nil)
  }
}
