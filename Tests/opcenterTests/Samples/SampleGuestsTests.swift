import CampaignEngine
import Foundation
import Testing
import Wire

@testable import opcenter

/// The folder of the samples, found from this file.
func samplesFolder(from file: String = #filePath) -> URL {
  var folder = URL(fileURLWithPath: file)
  for _ in 0..<4 { folder.deleteLastPathComponent() }
  return folder.appendingPathComponent("clients/samples")
}

struct SampleGuestsTests {
  @Test func `five hundred rows are read and only those of a wrong shape are not`() throws {
    let data = try Data(contentsOf: samplesFolder().appendingPathComponent("guests.csv"))
    let guestRows = try GuestRows([UInt8](data))
    #expect(guestRows.header.columns.count == 13)
    var rows: [GuestFileRow] = []
    var faults: [CSVFault] = []
    for element in guestRows {
      switch element {
      case .success(let row): rows.append(row)
      case .failure(let fault): faults.append(fault)
      }
    }
    #expect(rows.count + faults.count == 500)
    #expect(faults.count { $0.reason == .tooFewColumns } == 3)
    #expect(faults.count { $0.reason == .tooManyColumns } == 2)
    #expect(faults.count == 5)
    try checkOddities(rows)
  }

  private func checkOddities(_ rows: [GuestFileRow]) throws {
    let byID = Dictionary(
      rows.compactMap { row in row.row.externalID.map { ($0, row.row) } }, uniquingKeysWith: { $1 })
    let expectedNames = [
      "B-001": "Bambang \"Bob\" Santoso", "B-002": "Rao, Meera (Dr.)",
      "B-003": "Keluarga\nBesar Hartono", "B-005": "\"Ayu\"", "B-010": "Sara 👩‍👩‍👧‍👦",
      "B-013": "Padded Name", "B-019": "{{guest.phone}}",
    ]
    for (id, name) in expectedNames {
      #expect(byID[id]?.name == name)
    }
    #expect(byID["B-006"] != nil && byID["B-006"]?.name == nil)
    #expect(byID["B-013"]?.tags == ["office", "school"])
    #expect(byID["B-004"]?.fieldValues["table"] == .text("8, near\r\nthe stage"))
    #expect(rows.count { $0.optedOut == "yes" } >= 8)
    #expect(rows.count { $0.row.phone == nil } == 2)
  }
}
