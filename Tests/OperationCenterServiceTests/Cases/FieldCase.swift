import CampaignEngine
import Foundation
import JSONRPC
import ServiceTesting
import Wire

import OperationCenterService

/// A session as somebody had it, and what of its answers is right. A file of lines has several:
///
///     {"case": "What holds.", "clock": "2027-01-04T03:00:00.000Z", "after": "invited"}
///     {"call": "guest.get", "params": {"guest_id": "gst_1"}}
///     {"result": {"name": "Ana"}}
///     {"pass": "2h"}
///     {"call": "guest.get", "params": {"guest_id": "gst_2"}}
///     {"error": {"data": {"kind": "not_found"}}}
///
/// A case may say when it begins and which file of `Settings` is played before. Of a result or an
/// error, what is written down must hold. A call without either must not be refused. A line
/// `webhook` is the value of a change that WhatsApp tells; `field` is its name, if not `messages`.
struct FieldCase: Sendable, CustomStringConvertible {
  private struct Line: Sendable {
    let place: String
    let value: JSONValue
  }

  let file: String
  let sentence: String
  private let start: Timestamp
  private var lines: [Line] = []

  var description: String { "\(file): \(sentence)" }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Sessions")

  static func all() throws -> [FieldCase] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
      .flatMap { try cases(ofFile: $0) }
  }

  private static func cases(ofFile name: String) throws -> [FieldCase] {
    var cases: [FieldCase] = []
    for line in try lines(ofFile: name) {
      if line.value["case"] != nil {
        cases.append(try FieldCase(line, file: name))
      } else if cases.isEmpty {
        throw Fault("\(line.place): expected a case")
      } else {
        cases[cases.count - 1].lines.append(line)
      }
    }
    return cases
  }

  private static func lines(ofFile name: String) throws -> [Line] {
    try JSONLines.read(folder.appendingPathComponent(name)).enumerated().map { number, value in
      Line(place: "\(name), line \(number + 1)", value: value)
    }
  }

  private init(_ head: Line, file: String) throws {
    guard let sentence = head.value["case"]?.text else {
      throw Fault("\(head.place): expected a sentence")
    }
    (self.file, self.sentence) = (file, sentence)
    start = time(head.value["clock"]?.text ?? "2027-01-04T03:00:00.000Z")
    if let before = head.value["after"]?.text {
      lines = try Self.lines(ofFile: "Settings/\(before).jsonl")
    }
  }

  /// What is not as it should be, with its place.
  func play() throws -> [String] {
    let service = try InProcessService(at: start)
    var expectation = Expectation(isPartial: true)
    var faults: [String] = []
    var open: (place: String, answer: Result<JSONValue, RPCError>)?
    func close() {
      if case (let place, .failure(let error))? = open { faults.append("\(place): \(error)") }
      open = nil
    }
    for line in lines {
      let value = line.value
      if let method = value["call"]?.text {
        close()
        open = (
          line.place, try service.outcome(of: method, value["params"].map(expectation.filled))
        )
      } else if let change = value["webhook"] {
        close()
        let body = SampleWebhook.body(
          String(decoding: JSON.encode(expectation.filled(change)), as: UTF8.self),
          field: value["field"]?.text ?? "messages")
        open = (line.place, try service.outcome(of: "webhook.receive", SampleWebhook.params(body)))
      } else if let span = value["pass"]?.text.flatMap(TimeSpan.init(wireText:)) {
        close()
        try service.pass(span)
      } else {
        guard let answer = open?.answer else { throw Fault("\(line.place): nothing was called") }
        open = nil
        faults += try differences(value, answer, &expectation).map { "\(line.place) \($0)" }
      }
    }
    close()
    return faults + service.state.checkInvariants().map { "after the last line: \($0)" }
  }

  private func differences(
    _ expected: JSONValue, _ answer: Result<JSONValue, RPCError>, _ expectation: inout Expectation
  ) throws -> [String] {
    switch (expected["result"], expected["error"], answer) {
    case (let result?, nil, .success(let found)): return expectation.differences(result, found)
    case (nil, let error?, .failure(let found)):
      return expectation.differences(error, try found.value())
    case (_?, nil, .failure(let error)): return ["was refused: \(error)"]
    case (nil, _?, .success(let found)):
      return ["was not refused: \(String(decoding: JSON.encode(found), as: UTF8.self))"]
    default: throw Fault("expected a result or an error")
    }
  }
}

extension InProcessService {
  fileprivate func outcome(
    of method: String, _ params: JSONValue?
  ) throws -> Result<JSONValue, RPCError> {
    do {
      return .success(try call(method, params))
    } catch let error as RPCError {
      return .failure(error)
    }
  }
}

extension RPCError {
  fileprivate func value() throws -> JSONValue {
    let data = try data.map { try JSON.decode(JSONValue.self, from: $0.bytes) }
    return .object([
      ("code", .number(String(code))), ("message", .string(message)), ("data", data ?? .null),
    ])
  }
}

extension JSONValue {
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}
