import Testing

@testable import opcenter

struct TableTests {
  private func table(_ titles: [String], _ rows: [[String]], unicode: Bool = true) -> Table {
    var table = Table(titles.map { Table.Column($0) }, usesUnicode: unicode)
    for row in rows { table.append(row) }
    return table
  }

  @Test func `texts stand on the left and numbers on the right`() {
    let table = table(
      ["outcome", "guests", "share"],
      [["attending", "168", "41%"], ["no answer", "1,204", "-"], ["王小明", "7"]])
    #expect(
      table.rendered() == """
        outcome    guests  share
        ─────────  ──────  ─────
        attending     168    41%
        no answer   1,204      -
        王小明          7

        """)
  }

  @Test(arguments: [
    ("12", true), ("-3", true), ("0.04 USD", true), ("12 ms", true), ("1 204", true), ("", false),
    ("12 guests", false), ("A-1", false), ("+62812", true), ("4 of 5", false), ("–", true),
  ])
  func `a column is one of numbers if all its cells are`(cell: String, isNumber: Bool) {
    let lines = table(["a long title", "z"], [[cell, "z"]]).rendered().split(separator: "\n")
    #expect(lines.last?.first?.isWhitespace == (isNumber || cell.isEmpty))
  }

  @Test func `an alignment that is given beats the guess`() {
    var table = Table([Table.Column("id", .leading), Table.Column("who", .trailing)])
    table.append(["7", "x"])
    #expect(table.rendered() == "id  who\n──  ───\n7     x\n")
  }

  @Test func `the widest column of text is cut to fit and numbers never are`() {
    let table = table(
      ["name", "phone"], [["Meera Rao Venkataraman", "12345678901234567890"]], unicode: false)
    #expect(
      table.rendered(maximumCells: 34) == """
        name                         phone
        ------------  --------------------
        Meera Rao V~  12345678901234567890

        """)
    let narrow = table.rendered(maximumCells: 5).split(separator: "\n")
    #expect(narrow.last == "Meera R~  12345678901234567890")
  }

  @Test func `a line break or an escape in a cell does not break the table`() {
    #expect(table(["a"], [["x\ny\u{1B}[0m"]]).rendered().split(separator: "\n").count == 3)
  }

  @Test func `a table without rows is its titles and one without columns is nothing`() {
    #expect(table(["a", "b"], []).rendered() == "a  b\n─  ─\n")
    #expect(table([], []).rendered() == "")
  }

  @Test func `no line ends with spaces`() {
    let text = table(["a", "b", "c"], [["x", "", ""], ["", "long text", ""]]).rendered()
    #expect(text.split(separator: "\n").allSatisfy { $0.last != " " })
  }
}
