import Foundation
import Wire

/// A conversation with the service as a file of lines, each a call or the answer that must come:
///
///     {"about": "What it shows.", "after": "setting"}
///     {"call": {"jsonrpc": "2.0", "id": 1, "method": "system.ping"}}
///     {"answer": {"jsonrpc": "2.0", "id": 1, "result": {"pong": true}}}
///
/// The first line may say which transcript is played before, that this one needs a service
/// that keeps nothing, and that it needs one that asks for no token. A call that is a text is sent as it is, even if it is no JSON. A call without
/// an answer line must get none.
package struct Transcript: Sendable, CustomStringConvertible {
  package struct Exchange: Sendable {
    package let line: Int
    package let call: JSONValue
    package let answer: JSONValue?
  }

  package let name: String
  package let keepsNothing: Bool
  /// Whoever calls is `local`.
  package let isOpen: Bool
  package private(set) var exchanges: [Exchange] = []

  package var description: String { name }

  /// All transcripts, each with those that come before it.
  package static func all() throws -> [Transcript] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
      .map { try Transcript(named: String($0.dropLast(6))) }
  }

  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Transcripts")

  package init(named name: String) throws {
    self.name = name
    let lines = try JSONLines.read(Self.folder.appendingPathComponent("\(name).jsonl"))
    var (keepsNothing, isOpen) = (false, false)
    var open: (line: Int, call: JSONValue)?
    for (number, line) in lines.enumerated() {
      if let call = line["call"] {
        if let open { exchanges.append(Exchange(line: open.line, call: open.call, answer: nil)) }
        open = (number + 1, call)
      } else if let answer = line["answer"] {
        guard let call = open else { throw Fault("\(name):\(number + 1): nothing was called") }
        exchanges.append(Exchange(line: call.line, call: call.call, answer: answer))
        open = nil
      } else {
        keepsNothing = line["storage"] == .string("memory")
        isOpen = line["access"] == .string("open")
        if case .string(let before)? = line["after"] {
          exchanges += try Transcript(named: before).exchanges
        }
      }
    }
    if let open { exchanges.append(Exchange(line: open.line, call: open.call, answer: nil)) }
    (self.keepsNothing, self.isOpen) = (keepsNothing, isOpen)
  }

  /// Plays the transcript. Returns what was not as it says, and all answers.
  package func play(
    _ exchange: (_ frame: [UInt8], _ isAnswered: Bool) throws -> [UInt8]?
  ) throws -> (faults: [String], answers: [[UInt8]?]) {
    var expectation = Expectation()
    var faults: [String] = []
    var answers: [[UInt8]?] = []
    for step in exchanges {
      let answer = try exchange(frame(step.call, expectation), step.answer != nil)
      answers.append(answer)
      let place = "\(name), line \(step.line)"
      switch (step.answer, answer) {
      case (nil, nil): break
      case (let expected?, let body?):
        let actual = try JSON.decode(JSONValue.self, from: body)
        faults += expectation.differences(expected, actual).map { "\(place): \($0)" }
      case (nil, let body?):
        faults.append("\(place): answered by \(String(decoding: body, as: UTF8.self))")
      case (_?, nil): faults.append("\(place): not answered")
      }
    }
    return (faults, answers)
  }

  private func frame(_ call: JSONValue, _ expectation: Expectation) -> [UInt8] {
    if case .string(let text) = call { return Array(text.utf8) }
    return JSON.encode(expectation.filled(call))
  }
}
