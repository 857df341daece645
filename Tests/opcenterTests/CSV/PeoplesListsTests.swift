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

  @Test func `of several phones the first is taken, and what is none refuses the row`() throws {
    let text = """
      name,Phone 1,Mobile,WhatsApp
      Ana,+62811000001,+62811000002,
      Budi,,0811 000 0002,+62811000003
      Citra,-,?,+62811000004
      """
    #expect(
      try rows(text).map(\.row.phone) == ["+62811000001", "0811 000 0002", "+62811000004"])
    // A row that ends early has its first phone.
    #expect(try rows("name,phone,Mobile\nAna,0811000001\n").map(\.row.phone) == ["0811000001"])
    #expect(throws: CSVFault.self) { try rows("name,phone,Mobile\nAna\n") }
    // What stands alone is judged where it is imported.
    #expect(try rows("name,Mobile\nAna,ask Dewi\n").map(\.row.phone) == ["ask Dewi"])
  }

  /// In English it says who is not to be written to there, in Indonesian it is their number.
  @Test(arguments: [
    "Name,Phone,No WhatsApp\nAnn,08123456781,yes", "Name,Phone,WhatsApp?\nAnn,08123456781,No",
    "Name,Phone,WhatsApp?\nAnn,08123456781,1", "Name,Phone,WhatsApp\nAnn,08123456781,✓",
    "Name,Mobile,Tel\nAnn,do not contact,0215551234",
    "Name,Tel,Mobile\nAnn,0215551234,do not contact",
  ])
  func `an answer under a title that could mean a phone is not passed over`(text: String) throws {
    let results = Array(try GuestRows(Array(text.utf8)))
    #expect(results.count == 1)
    guard case .failure(let fault)? = results.first else {
      Issue.record("the row was taken")
      return
    }
    #expect(fault.reason == .notAPhone)
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
    // Everything at once, each by its place in the file.
    #expect(
      problems("Notes,name,,Guest Name,phone\n") == [
        .unknown("Notes", column: 1, suggestion: nil), .unnamed(column: 3),
        .duplicate("name", columns: [2, 4]),
      ])
    #expect(
      problems("First name,Name,phone\n") == [.duplicate("name", columns: [1, 2])])
    #expect(
      problems("Surname,Last Name,Name,phone\n") == [.duplicate("last_name", columns: [1, 2])])
  }

  /// Nor what would make one guest of two: the number of a row is nobody's key.
  @Test(arguments: [
    "ID", "No.", "kode", "código", "unsubscribed", "do not contact", "STOP", "berhenti", "baja",
    "no molestar",
  ])
  func `whether somebody is written to, or who somebody is, is never guessed`(title: String) {
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
    #expect(throws: UsageError.self) { try map("Table=fields.Table No") }
    #expect(throws: UsageError.self) { try map("Stop=opted_out", "stop=-") }
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
        why refused,Nama,No HP,Meja\r
        phone: no number,"Budi ""B"" S",x,2\r
        "column 4 has a value, and no name in the first row",Citra,0813,3,4\r
        the quote that opens column 1 on line 5 is never closed,"\"\"Dewi;0814;4"\r

        """)
    let mended = written.replacing(",x,", with: ",0812,")
    let again = try GuestRows(
      Array(mended.utf8), GuestColumnMap([("Meja", .column(.field("table")))]))
    #expect(again.header.columns.first == .leftOut)
    let results = Array(again)
    #expect(try results.first?.get().row.phone == "0812")
    // What was not mended is refused again, and what was cut is.
    #expect(results.dropFirst().allSatisfy { (try? $0.get()) == nil })
  }

  /// However a row was damaged: written down and read again it says no more than before.
  @Test(arguments: [
    "name,phone,opted_out\nAnn,08127770002\n", "name,phone,tags,opted_out\nAnn,0812777,vip,,yes\n",
    "name,phone,fields.note,opted_out\nAnn,08127770003,likes\nfish,yes\n",
    "name,phone,opted_out\nDoe, John,08123456782,yes\n",
    "name,phone,opted_out,,\n\"Ann \"A\" B\",0812,yes,,\n",
    "fields.addr,name,phone\n\"Jl. A\nJl. B\nJl. C\",\"Bob \"B\"\",08123456782\n",
  ])
  func `a refused row does not pass because it was written down`(text: String) throws {
    func faults(_ bytes: [UInt8]) throws -> [CSVFault] {
      try GuestRows(bytes).compactMap { result in
        if case .failure(let fault) = result { fault } else { nil }
      }
    }
    let first = try faults(Array(text.utf8))
    let refused = first.map {
      GuestImportRows.RefusedLine(line: $0.line, reason: "", message: $0.message)
    }
    let table = RefusedRows(Array(text.utf8), separator: CSVReader.comma).table(of: refused)
    #expect(!first.isEmpty)
    #expect(try faults(table).count == first.count)
    // Nothing of it is gone.
    let written = String(decoding: table, as: UTF8.self)
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      #expect(first.count > 1 || written.contains(word), "\(word)")
    }
  }

  @Test func `what only looked like a formula comes back as it was`() throws {
    for text in ["=Ann", "-A1", "+vip", "@home", "+62 812", "-5", "plain", "'quoted'"] {
      #expect(CSVWriter.unmarked(CSVWriter.harmless(text)) == text)
    }
  }

  @Test func `a row of which nothing is wanted is a row`() throws {
    let found = try rows("name,phone,Email\n,,bob@x\n,,\n", [("Email", .leftOut)])
    #expect(found.map(\.line) == [2])
  }
}
