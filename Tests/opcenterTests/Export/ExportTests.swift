import CampaignEngine
import Foundation
import Gateways
import JSONRPC
import ServiceTesting
import Testing
import Wire

@testable import OperationCenterService
@testable import opcenter

struct ExportTests {
  private static let start = time("2026-11-14T03:00:00.000Z")

  /// A campaign of the sample flow, four days old.
  private func played(_ guests: [CampaignEngine.GuestRow]) throws -> (InProcessService, String) {
    let service = try InProcessService(at: Self.start, simulator: SimulatorSettings())
    let sample = try SampleCampaign(guests: guests) { try service.call($0, $1) }
    try service.call("campaign.start", #"{"campaign_id": "\#(sample.campaign)"}"#)
    try service.run(until: Self.start + .days(4))
    return (service, sample.campaign)
  }

  private func export(
    _ campaign: String, status: [String] = [], _ format: ResultExport.Format,
    isCallSheet: Bool = false, from service: InProcessService
  ) throws -> (count: Int, bytes: [UInt8], calls: Int) {
    let export = ResultExport(
      campaign: campaign, status: status, format: format, isCallSheet: isCallSheet)
    var (bytes, calls): ([UInt8], Int) = ([], 0)
    let count = try export.run { method, params in
      calls += 1
      let params = try JSON.decode(JSONValue.self, from: JSON.encode(params))
      return try JSON.decode(
        WireMap<RawJSON>.self, from: JSON.encode(try service.call(method, params)))
    } write: {
      bytes += $0
    }
    return (count, bytes, calls)
  }

  @Test func `the call sheet has whom nothing reaches, each with a link of their own`() throws {
    let (service, campaign) = try played(SampleCampaign.guests(700))
    let exported = try export(
      campaign, .csv(hasByteOrderMark: false), isCallSheet: true, from: service)
    let rows = try CSVReader(exported.bytes).map { try $0.get().texts }
    #expect(
      rows[0] == [
        "guest_id", "name", "phone", "reason", "language", "household", "asked_for", "code", "link",
      ])
    #expect(exported.count == rows.count - 1 && exported.count > 0)
    #expect(Set(rows.dropFirst().map { $0[7] }).count == exported.count)
    for row in rows.dropFirst() {
      #expect(row[8].hasPrefix("https://wa.me/") && row[8].hasSuffix("?text=" + row[7]))
      let execution = try service.call(
        "execution.list", #"{"campaign_id": "\#(campaign)", "query": "guest.id = \#(row[0])"}"#)
      let status = execution["items"]?[0]?["status"]
      #expect(status == .string("failed") || status == .string("skipped"))
    }
  }

  @Test func `every guest has a row, over as many pages as it takes`() throws {
    let (service, campaign) = try played(SampleCampaign.guests(700))
    let exported = try export(campaign, .csv(hasByteOrderMark: false), from: service)
    #expect(exported.count == 700)
    #expect(exported.calls == 2)
    let rows = try CSVReader(exported.bytes).map { try $0.get().texts }
    #expect(rows.count == 701)
    let id = try #require(rows[0].firstIndex(of: "guest_id"))
    #expect(Set(rows.dropFirst().map { $0[id] }).count == 700)
    let stats = try service.call("stats.campaign", #"{"campaign_id": "\#(campaign)"}"#)
    let status = try #require(rows[0].firstIndex(of: "status"))
    let completed = rows.count { $0[status] == "completed" }
    #expect(stats["executions"]?["completed"] == .number("\(completed)"))
    let billed = try #require(rows[0].firstIndex(of: "billed_micros"))
    let sum = rows.dropFirst().reduce(Int64(0)) { $0 + (Int64($1[billed]) ?? -1) }
    #expect(stats["cost"]?["billed_micros"] == .number("\(sum)"))
    let coming = try #require(rows[0].firstIndex { $0.hasPrefix("attending_count.") })
    let heads = rows.dropFirst().reduce(Int64(0)) { $0 + (Int64($1[coming]) ?? -1) }
    #expect(stats["rsvp"]?["heads"]?["attending"] == .number("\(heads)"))
  }

  @Test func `the columns hang on the campaign alone`() throws {
    let (service, campaign) = try played(SampleCampaign.guests(14))
    func titles(_ status: [String]) throws -> [String] {
      let exported = try export(
        campaign, status: status, .csv(hasByteOrderMark: false), from: service)
      let first = try #require(CSVReader(exported.bytes).first { _ in true })
      return try first.get().texts
    }
    let all = try titles([])
    #expect(try titles(["pending"]) == all)
    #expect(all.prefix(4) == ["guest_id", "external_id", "name", "phone"])
    for title in ["vars.answer", "vars.answer_text", "fields.menu"] { #expect(all.contains(title)) }
    #expect(Set(all).count == all.count)
  }

  @Test func `a name that looks like a formula is disarmed, a phone number is not`() throws {
    var guests = SampleCampaign.guests(1)
    guests[0].name = #"=HYPERLINK("http://x","Ana, \"A\"")"#
    let (service, campaign) = try played(guests)
    let exported = try export(campaign, .csv(hasByteOrderMark: true), from: service)
    #expect(exported.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    let rows = try CSVReader(exported.bytes).map { try $0.get().texts }
    #expect(rows[1].contains("'" + guests[0].name!))
    #expect(rows[1].contains("+6281230000000"))
  }

  @Test func `JSON lines are the rows as the service gives them`() throws {
    let (service, campaign) = try played(SampleCampaign.guests(20))
    let exported = try export(campaign, .jsonLines, from: service)
    let lines = exported.bytes.split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 20)
    let page = try service.call("campaign.results", #"{"campaign_id": "\#(campaign)"}"#)
    for (index, line) in lines.enumerated() {
      #expect(try JSON.decode(JSONValue.self, from: Array(line)) == page["items"]?[index])
    }
  }

  @Test func `the command fetches from a running service and writes the file whole`() throws {
    let folder = try TemporaryFolder()
    let process = try ServedProcess([
      "--listen", "127.0.0.1:0", "--memory", "--token-file", folder.path("token"),
    ])
    let port = try process.port()
    let peer = try ServedPeer.connected(
      toPort: port, framing: .newline, tokenFile: folder.path("token"))
    let sample = try SampleCampaign(guests: SampleCampaign.guests(9)) { try peer.call($0, $1) }
    _ = try peer.call(
      "campaign.start", .object([("campaign_id", .string(sample.campaign))]))
    while try peer.call("campaign.get", .object([("campaign_id", .string(sample.campaign))]))[
      "enrolment"]?["done"] != .number("9")
    {}
    try Files.write(Array("old".utf8), to: folder.path("results.csv"))
    let words = [
      sample.campaign, "--csv", "--connect", "127.0.0.1:\(port)", "--out",
      folder.path("results.csv"), "--token-file", folder.path("token"),
    ]
    let arguments = try Arguments(words, for: ExportCommand.declaration)
    #expect(try ExportCommand(arguments: arguments).run() == .done)
    let rows = try CSVReader(try Files.read(folder.path("results.csv"))).map { try $0.get().texts }
    #expect(rows.count == 10)
    #expect(!FileManager.default.fileExists(atPath: folder.path("results.csv.part")))

    let unknown = try Arguments(
      [
        "cmp_9", "--connect", "127.0.0.1:\(port)", "--out", folder.path("none.csv"),
        "--token-file", folder.path("token"),
      ],
      for: ExportCommand.declaration)
    #expect(throws: CallRefused.self) { try ExportCommand(arguments: unknown).run() }
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.csv")))
    #expect(!FileManager.default.fileExists(atPath: folder.path("none.csv.part")))
    process.terminate()
    #expect(try process.exitCode() == 0)
  }

  @Test(arguments: [
    ["cmp_1", "--csv", "--json"], ["cmp_1", "--json", "--bom"], ["cmp_1", "--status", "done"], [],
  ])
  func `wrong words are refused`(_ words: [String]) {
    #expect(throws: UsageError.self) { try Arguments(words, for: ExportCommand.declaration) }
  }
}
