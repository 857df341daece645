import CampaignEngine
import Testing
import Wire

@testable import opcenter

struct GuestRowsTests {
  private func rows(_ text: String) throws -> [GuestFileRow] {
    try GuestRows(Array(text.utf8)).map { try $0.get() }
  }

  private func problems(_ text: String) -> [GuestHeaderFault.Problem] {
    do throws(GuestHeaderFault) {
      _ = try GuestRows(Array(text.utf8))
      return []
    } catch {
      return error.problems
    }
  }

  @Test func `every known column reaches its field, in any order`() throws {
    let text = """
      time_zone,tags,fields.table,subscription,opted_out,attending_count,rsvp,party_size,language,\
      category,phone,name,external_id,fields.Card URL
      Asia/Jakarta, bride ;;sangeet; bride,4,all,yes,2,attending,3,hi,vip,+91 98123 00045,Meera,\
      A-1,https://cards.example/1
      """
    var expected = GuestFileRow(line: 2)
    expected.row.externalID = "A-1"
    expected.row.name = "Meera"
    expected.row.phone = "+91 98123 00045"
    expected.row.category = "vip"
    expected.row.language = "hi"
    expected.row.partySize = .text("3")
    expected.row.rsvp = "attending"
    expected.row.attendingCount = .text("2")
    expected.row.tags = ["bride", "sangeet"]
    expected.optedOut = "yes"
    expected.row.subscription = "all"
    expected.row.timeZone = "Asia/Jakarta"
    expected.row.fieldValues["table"] = .text("4")
    expected.row.fieldValues["Card URL"] = .text("https://cards.example/1")
    #expect(try rows(text) == [expected])
  }

  @Test func `columns of one event reach its answer, and a cell of keys the list`() throws {
    let text = """
      name,phone,Invited To,RSVP.Sangeet,attending-count.sangeet,party_size.sangeet,\
      attending children.sangeet,party_size.pre-dinner,children
      Meera,0812,"Sangeet; pre-dinner,wedding",attending,3,4,1,2,2
      Arjun,0813,none,,,,,,
      Tara,0814, ,,,,,,
      """
    let rows = try rows(text).map(\.row)
    var sangeet = GivenAnswer(event: "sangeet")
    (sangeet.rsvp, sangeet.attendingCount) = ("attending", .text("3"))
    (sangeet.partySize, sangeet.children) = (.text("4"), .text("1"))
    var dinner = GivenAnswer(event: "pre-dinner")
    dinner.partySize = .text("2")
    #expect(rows[0].answers == [sangeet, dinner])
    #expect(rows[0].invitedTo == ["sangeet", "pre-dinner", "wedding"])
    #expect(rows[0][.children] == .text("2"))
    #expect(rows[1].invitedTo == ["none"] && rows[1].answers == nil)
    #expect(rows[2].invitedTo == nil)
  }

  @Test(arguments: ["rsvp.", "rsvp.a b", "guests.sangeet", "party_size.é"])
  func `a column of no event's key is unknown`(title: String) throws {
    #expect(!problems("name,phone,\"\(title)\"\nMeera,0812,1").isEmpty)
  }

  @Test func `empty values are absent and values lose the space around them`() throws {
    let row = try #require(try rows("name,phone,tags,fields.x\n  Ana ,0812,\" ; \",\"\"\n").first)
      .row
    #expect(row.name == "Ana")
    #expect(row.tags == nil)
    #expect(row.fieldValues.isEmpty)
    #expect(row.category == nil)
  }

  @Test func `rows without any value are passed over`() throws {
    #expect(try rows("name,phone\n,\n\" \",\nAna,0812\n,\n").map(\.line) == [4])
  }

  @Test func `titles may be written with spaces, dashes and capitals`() throws {
    let row = try #require(try rows(" Name,PHONE,Party Size,time-zone\nAna,1,2,UTC").first).row
    #expect(row.partySize == .text("2"))
    #expect(row.timeZone == "UTC")
  }

  @Test(
    arguments: [
      ("", [.empty]),
      ("\u{FEFF}\n\n", [.empty]),
      ("name\n", [.missing("phone")]),
      ("phone,rsvp,name,RSVP,Rsvp\n", [.duplicate("rsvp", columns: [2, 4, 5])]),
      ("name,phone,fields.a,fields.a,fields.A\n", [.duplicate("fields.a", columns: [3, 4])]),
      ("name,,phone\n", [.unnamed(column: 2)]),
      (
        "name,phnoe,opt_out,notes,fields.\n",
        [
          .unknown("phnoe", column: 2, suggestion: "phone"),
          .unknown("opt_out", column: 3, suggestion: "opted_out"),
          .unknown("notes", column: 4, suggestion: nil),
          .unknown("fields.", column: 5, suggestion: nil),
          .missing("phone"),
        ]
      ),
      (
        "name,\"phone\n",
        [
          .unreadable(
            CSVFault(
              line: 1, reason: .unterminatedQuote,
              message: "the quote that opens column 2 on line 1 is never closed"))
        ]
      ),
    ] as [(String, [GuestHeaderFault.Problem])])
  func `a first row that cannot be used lists all that is wrong with it`(
    text: String, expected: [GuestHeaderFault.Problem]
  ) {
    #expect(problems(text) == expected)
  }

  @Test func `a problem is told in words that a terminal shows and does not obey`() throws {
    let fault = GuestHeaderFault(
      problems: [
        .unknown("phnoe", column: 2, suggestion: "phone"),
        .unknown("a\u{1B}[2J" + String(repeating: "b", count: 60), column: 3, suggestion: nil),
        .duplicate("phone", columns: [1, 3]),
      ])
    #expect(
      fault.description == """
        column 2 is named "phnoe"; did you mean phone?
        column 3 is named "a\u{FFFD}[2J\(String(repeating: "b", count: 35))…", which is not known; \
        say with --map "TITLE=COLUMN" what it is: fields.NAME keeps it, - leaves it out
        columns 1 and 3 are both phone; --map TITLE=- leaves one out
        """)
  }

  @Test func `a row at fault stands between those that are read`() throws {
    let results = try GuestRows(Array("name,phone\nAna,1\nBudi\nCitra,3\n".utf8)).map { element in
      switch element {
      case .success(let row): row.row.name ?? ""
      case .failure(let fault): "\(fault.line) \(fault.reason.rawValue)"
      }
    }
    #expect(results == ["Ana", "3 too_few_columns", "Citra"])
  }
}
