import CampaignEngine
import Testing
import Wire

@testable import opcenter

/// Lists as people have them.
struct PeoplesListsTests {
  private func rows(
    _ text: String, _ map: [(title: String, meaning: GuestColumnMeaning)] = []
  ) throws -> [GuestFileRow] {
    try GuestRows(Array(text.utf8), GuestColumnMap(map)).map { try $0.get() }
  }

  private func problems(
    _ text: String, _ map: [(title: String, meaning: GuestColumnMeaning)] = []
  ) -> [GuestHeaderFault.Problem] {
    do throws(GuestHeaderFault) {
      _ = try GuestRows(Array(text.utf8), GuestColumnMap(map))
      return []
    } catch {
      return error.problems
    }
  }

  @Test(arguments: [
    "Guest Name,Mobile No.,Pax,Guest Category,Language\nMeera Rao,+91 98123 00045,2,vip,hi",
    "Nama Tamu;No. HP;Jumlah Tamu;Kategori;Bahasa\nMeera Rao;+91 98123 00045;2;vip;hi",
    "Nombre\tTeléfono móvil\tInvitados\tCategoría\tIdioma\nMeera Rao\t+91 98123 00045\t2\tvip\thi",
    "Nome completo;Telemóvel;Nº de convidados;Grupo;Língua\nMeera Rao;+91 98123 00045;2;vip;hi",
    "नाम,मोबाइल नंबर,मेहमानों की संख्या,श्रेणी,भाषा\nMeera Rao,+91 98123 00045,2,vip,hi",
    "الاسم,رقم الجوال,عدد الضيوف,الفئة,اللغة\nMeera Rao,+91 98123 00045,2,vip,hi",
    "sep=;\nFIRST NAME;Surname;WhatsApp number;party size;group;lang\nMeera;Rao;+91 98123 00045;2;vip;hi",
  ])
  func `titles in the languages of the samples are known, and whatever separates the columns`(
    text: String
  ) throws {
    let found = try rows(text)
    #expect(found.count == 1)
    let row = try #require(found.first).row
    #expect(row.name == "Meera Rao" && row.phone == "+91 98123 00045")
    #expect(row.partySize == .text("2") && row.category == "vip" && row.language == "hi")
  }

  @Test func `of several phones the first that is one is taken`() throws {
    let text = """
      name,Phone 1,Mobile,WhatsApp
      Ana,+62811000001,+62811000002,
      Budi,,0811 000 0002,+62811000003
      Citra,ask Dewi,none,+62811000004
      Dewi,ask Citra,,
      """
    #expect(
      try rows(text).map(\.row.phone) == [
        "+62811000001", "0811 000 0002", "+62811000004", "ask Citra",
      ])
    // A row that ends early has its first phone.
    #expect(try rows("name,phone,Mobile\nAna,0811\n").map(\.row.phone) == ["0811"])
    #expect(throws: CSVFault.self) { try rows("name,phone,Mobile\nAna\n") }
  }

  @Test func `a name may be in two columns, in any order`() throws {
    let found = try rows("Apellidos;Nombre;Celular\nMuñoz;José;1\n;Ana;2\nRao;;3\n")
    #expect(found.map(\.row.name) == ["José Muñoz", "Ana", "Rao"])
  }

  @Test func `what a title means can be said, and what is not wanted left out`() throws {
    let text = "Who,Cell?,Notes,Table\nAna,0811,does not eat fish,4\n"
    let map: [(title: String, meaning: GuestColumnMeaning)] = [
      ("who", .column(.attribute(.name))), ("Cell?", .column(.attribute(.phone))),
      ("NOTES", .leftOut), ("Table", .column(.field("table"))),
    ]
    let row = try #require(try rows(text, map).first).row
    #expect(row.name == "Ana" && row.phone == "0811")
    #expect(row.fieldValues.entries.map(\.key) == ["table"])
    let header = try GuestRows(Array(text.utf8), GuestColumnMap(map)).header
    #expect(header.readings.map(\.column) == ["name", "phone", "-", "fields.table"])
    #expect(
      problems(text) == [
        .unknown("Who", column: 1, suggestion: nil), .unknown("Notes", column: 3, suggestion: nil),
        .unknown("Table", column: 4, suggestion: nil), .missing("name"),
      ])
  }

  @Test func `what is said of a title that is not there is not passed over`() {
    #expect(
      problems("name,phone\n", [("Phnoe", .leftOut)]) == [.notInFile("Phnoe")])
  }

  @Test func `two names of one guest are asked about`() {
    #expect(
      problems("name,Guest Name,phone\n") == [.duplicate("name", columns: [1, 2])])
    #expect(
      problems("First name,Name,phone\n") == [.duplicate("name", columns: [1, 2])])
    #expect(
      problems("Surname,Last Name,Name,phone\n") == [.duplicate("last_name", columns: [1, 2])])
  }

  /// A title that decides whether somebody is written to is never guessed.
  @Test(arguments: ["unsubscribed", "do not contact", "STOP", "berhenti", "baja", "no molestar"])
  func `whether somebody is written to is never guessed`(title: String) {
    #expect(GuestTitles.meaning(of: title) == nil)
    #expect(problems("name,phone,\(title)\n").count == 1)
  }

  @Test func `a map is read from the command line, its column after the last sign`() throws {
    func map(_ words: String...) throws(UsageError) -> [String] {
      let arguments = try Arguments(
        ["guest.import"] + words.flatMap { ["--map", $0] }, for: CallCommand.declaration)
      return try GuestColumnMap(arguments).entries.map { "\($0.title)>\($0.meaning.name)" }
    }
    #expect(
      try map("Mobile no = phone", "a=b=-", "Given=first_name") == [
        "Mobile no>phone", "a=b>-", "Given>first_name",
      ])
    #expect(throws: UsageError.self) { try map("Mobile") }
    #expect(throws: UsageError.self) { try map("Mobile=phnoe") }
  }

  @Test func `refused rows are written as they stood, with why, and are read again once mended`()
    throws
  {
    let text = """
      Nama;No HP;Meja
      Ana;0811;1
      "Budi ""B"" S";x;2
      Citra;0813;3;4
      "Dewi;0814;4
      """
    var refused: [GuestImportRows.RefusedLine] = []
    for result in try GuestRows(
      Array(text.utf8), GuestColumnMap([("Meja", .column(.field("table")))]))
    {
      if case .failure(let fault) = result {
        refused.append(.init(line: fault.line, reason: "", message: fault.message))
      }
    }
    refused.append(.init(line: 3, reason: "", message: "phone: no number"))
    let table = RefusedRows(Array(text.utf8), separator: UInt8(ascii: ";")).table(of: refused)
    let written = String(decoding: table.dropFirst(3), as: UTF8.self)
    #expect(
      written == """
        Nama,No HP,Meja,why refused\r
        "Budi ""B"" S",x,2,phone: no number\r
        Citra,0813,3,"column 4 has a value, and no name in the first row"\r
        "\"\"Dewi;0814;4",,,the quote that opens column 1 on line 5 is never closed\r

        """)
    let mended = written.replacing(",x,", with: ",0812,")
    let again = try GuestRows(
      Array(mended.utf8), GuestColumnMap([("Meja", .column(.field("table")))]))
    #expect(again.header.columns.last == .leftOut)
    #expect(try again.map { try $0.get() }.first?.row.phone == "0812")
  }
}
