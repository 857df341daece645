import CampaignEngine
import JSONRPC
import OperationCenterService
import Wire

/// The service inside this process, called as any client calls it: a request goes in as bytes, and
/// an answer comes out as bytes.
struct LocalService {
  private var nextID: Int64 = 1

  mutating func call(
    _ method: String, _ params: WireMap<RawJSON>, in center: isolated OperationCenter
  ) throws -> WireMap<RawJSON> {
    let call = Call(id: nextID, method: method, params: RawJSON(validated: JSON.encode(params)))
    nextID += 1
    guard case .complete(let body) = center.answer(call.encoded()[...]) else {
      throw Refusal(message: "\(method) gave no answer")
    }
    switch try ServerMessage(body) {
    case .result(let result, _): return try JSON.decode(WireMap<RawJSON>.self, from: result.bytes)
    case .error(let error, _): throw CallRefused(method: method, error: error)
    default: throw Refusal(message: "\(method) gave no answer")
    }
  }
}

/// An error reply, for people.
struct CallRefused: Error, CustomStringConvertible {
  let method: String
  let error: RPCError

  /// The message, and each issue of a chatflow on a line of its own.
  var description: String {
    var text = "\(method): \(error.message)"
    guard let data = error.data,
      let members = try? JSON.decode(WireMap<RawJSON>.self, from: data.bytes),
      let issues = members["issues"],
      let list = try? JSON.decode([ChatflowIssue].self, from: issues.bytes)
    else { return text }
    for issue in list {
      let node = issue.node.map { " \($0)" } ?? ""
      text += "\n  \(issue.severity.rawValue) \(issue.code)\(node): \(issue.message) \(issue.hint)"
    }
    return text
  }
}

extension RawJSON {
  init(_ value: some WireValue) { self.init(validated: JSON.encode(value)) }
}

extension WireMap<RawJSON> {
  func decoded<Member: WireValue>(_ key: String, as type: Member.Type) throws -> Member {
    guard let raw = self[key] else { throw Refusal(message: "the answer has no \(key)") }
    return try JSON.decode(type, from: raw.bytes, root: key)
  }

  func with(_ key: String, _ value: some WireValue) -> WireMap<RawJSON> {
    var copy = self
    copy[key] = RawJSON(value)
    return copy
  }
}
