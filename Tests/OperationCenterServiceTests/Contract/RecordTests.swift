import CampaignEngine
import Foundation
import ServiceTesting
import Testing
import Wire
@testable import OperationCenterService
@Test func record() throws {
    let service = try InProcessService(at: time("2026-11-20T08:00:00.000Z"))
    var body: [UInt8]?
    var out = ""
    for line in try JSONLines.read(URL(fileURLWithPath: "/work/main/Tests/OperationCenterServiceTests/Contract/Stories/supper.jsonl")) {
      if let given = line["given"], case .string(let method)? = given["method"] {
        do { let r = try service.call(method, given["params"]); out += "#given \(method) \(String(decoding: JSON.encode(r), as: UTF8.self))\n" } catch { out += "#GIVEN FAILED \(method) \(error)\n" }
      } else if case .string(let until)? = line["until"] { try service.run(until: time(until)) }
      else if let call = line["call"] { body = try service.exchange(JSON.encode(call)) }
      else if line["answer"] != nil { out += String(decoding: body!, as: UTF8.self) + "\n" }
    }
    try out.write(toFile: "/tmp/opc/st/contract.out", atomically: true, encoding: .utf8)
}
