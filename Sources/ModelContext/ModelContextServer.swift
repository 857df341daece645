import JSONRPC
import Wire

/// Speaks the Model Context Protocol with a client, and passes calls of tools on to a service. It reads
/// and writes nothing itself: what comes in is handed to it, and what is to be done comes out.
///
///     client → receive(frame) → [.send(answer)] or [.call(number, method, params)]
///     service → answered(number, result) → [.send(answer)]
///
/// A tool is a method of the service, its arguments are the params, and its result is the result. What the
/// service refuses is a result with `isError` and a text, so that a model can mend its call; what breaks
/// the protocol is an error of JSON-RPC. Tools that are not among those chosen are refused here, whatever
/// the service would say.
package struct ModelContextServer: Sendable {
  package enum Action: Equatable, Sendable {
    /// To the client.
    case send([UInt8])
    /// To the service.
    case call(Int64, method: String, params: RawJSON)
    /// Nobody waits for this one any more.
    case cancel(Int64)
  }

  private struct WaitingCall {
    /// As it was sent, which the answer repeats.
    let id: RequestID
    /// Of its value. A cancellation may spell it in another way.
    let key: RequestID
    let dialect: Dialect
  }

  private let identity: ServerIdentity
  private let instructions: String
  private let tools: [String: Tool]
  private let listedTools: JSONValue
  private let prompts: [Prompt]
  private var waiting: [Int64: WaitingCall] = [:]
  private var numbers: [RequestID: Int64] = [:]
  private var nextNumber: Int64 = 1

  package init(
    _ identity: ServerIdentity, instructions: String, tools: [Tool], prompts: [Prompt]
  ) {
    (self.identity, self.instructions, self.prompts) = (identity, instructions, prompts)
    self.tools = Dictionary(tools.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    listedTools = .array(tools.map(\.description))
  }

  /// Calls that the service has yet to answer.
  package var waitingCount: Int { waiting.count }

  // MARK: - From the client

  package mutating func receive(_ frame: ArraySlice<UInt8>) -> [Action] {
    let message: JSONValue
    do throws(WireError) { message = try JSON.decode(JSONValue.self, from: Array(frame)) } catch {
      return [.send(Response.failure(.parseError("not JSON: \(error)")))]
    }
    if case .array = message {
      return [.send(Response.failure(.invalidRequest("MCP has no batches: send each by itself")))]
    }
    switch Request.parse(frame) {
    // We ask nothing.
    case .answer: return []
    case .invalid(let error, let id): return [.send(Response.failure(error, id: id.bytes[...]))]
    case .request(let request):
      let params = message["params"]
      guard let id = request.id else { return notified(request.method, params) }
      do throws(RPCError) {
        return try answer(request.method, params, RequestID(id), message["id"])
      } catch {
        return [.send(Response.failure(error, id: id))]
      }
    }
  }

  private mutating func notified(_ method: String, _ params: JSONValue?) -> [Action] {
    guard method == "notifications/cancelled", let id = params?["requestId"],
      let number = numbers[RequestID(JSON.encode(id))]
    else { return [] }
    forget(number)
    return [.cancel(number)]
  }

  private mutating func answer(
    _ method: String, _ params: JSONValue?, _ id: RequestID, _ idValue: JSONValue?
  ) throws(RPCError) -> [Action] {
    switch idValue {
    case .string, .number: break
    default: throw .invalidRequest("MCP wants an id that is a text or a whole number")
    }
    switch params {
    case nil, .null, .object: break
    default: throw .invalidParams("params: expected an object")
    }
    let dialect = try Dialect(meta: params?["_meta"])
    switch (method, dialect) {
    case ("initialize", .session): return [.send(initialized(params, id))]
    case ("ping", .session): return [.send(success([], id, dialect))]
    case ("server/discover", .stateless): return [.send(discovered(id))]
    case ("tools/list", _):
      try refuseCursor(params)
      return [.send(success([("tools", listedTools)], id, dialect, mayBeKept: true))]
    case ("tools/call", _): return try call(params, id, idValue, dialect)
    case ("prompts/list", _):
      try refuseCursor(params)
      let all = JSONValue.array(prompts.map(\.description))
      return [.send(success([("prompts", all)], id, dialect, mayBeKept: true))]
    case ("prompts/get", _): return [.send(success(try prompt(params), id, dialect))]
    default:
      throw RPCError(
        code: RPCError.Code.methodNotFound,
        message: "this server has no \(VisibleText.of(String(method.prefix(64))))")
    }
  }

  /// Everything fits one page, so no cursor is one of ours.
  private func refuseCursor(_ params: JSONValue?) throws(RPCError) {
    switch params?["cursor"] {
    case nil, .null: break
    default: throw .invalidParams("cursor: this list has one page only")
    }
  }

  // MARK: - Sessions

  private func initialized(_ params: JSONValue?, _ id: RequestID) -> [UInt8] {
    let asked = params?["protocolVersion"].text ?? ""
    let version = Dialect.sessionVersions.contains(asked) ? asked : Dialect.sessionVersions[0]
    return success(
      [
        ("protocolVersion", .string(version)), ("capabilities", Self.capabilities),
        ("serverInfo", identity.json), ("instructions", .string(instructions)),
      ], id, .session)
  }

  private func discovered(_ id: RequestID) -> [UInt8] {
    let versions = Dialect.statelessVersions.map { JSONValue.string($0) }
    return success(
      [
        ("supportedVersions", .array(versions)), ("capabilities", Self.capabilities),
        ("instructions", .string(instructions)),
      ], id, .stateless, mayBeKept: true)
  }

  private static let capabilities = JSONValue.object([
    ("tools", .object([])), ("prompts", .object([])),
  ])

  private func prompt(_ params: JSONValue?) throws(RPCError) -> [(String, JSONValue)] {
    let name = params?["name"].text ?? ""
    guard let prompt = prompts.first(where: { $0.name == name }) else {
      let known = prompts.map(\.name).joined(separator: ", ")
      throw .invalidParams("name: expected one of \(known)")
    }
    return try prompt.filledIn(params?["arguments"])
  }

  // MARK: - Tools

  private mutating func call(
    _ params: JSONValue?, _ id: RequestID, _ idValue: JSONValue?, _ dialect: Dialect
  ) throws(RPCError) -> [Action] {
    let name = params?["name"].text ?? ""
    guard let tool = tools[name] else {
      throw .invalidParams("name: there is no such tool here; tools/list has them all")
    }
    let arguments = params?["arguments"] ?? .object([])
    guard case .object = arguments else { throw .invalidParams("arguments: expected an object") }
    for param in tool.required where arguments[param] == nil || arguments[param] == .null {
      let text = "params.\(param): this must be given here; \(name) was not called."
      return [.send(success(Self.refused(text), id, dialect))]
    }
    let key = RequestID(JSON.encode(idValue ?? .null))
    guard numbers[key] == nil else {
      throw .invalidRequest("a call with this id has not been answered yet")
    }
    let number = nextNumber
    nextNumber += 1
    numbers[key] = number
    waiting[number] = WaitingCall(id: id, key: key, dialect: dialect)
    return [.call(number, method: name, params: RawJSON(validated: JSON.encode(arguments)))]
  }

  // MARK: - From the service

  package mutating func answered(
    _ number: Int64, _ result: Result<RawJSON, RPCError>
  ) -> [Action] {
    // Whoever has cancelled is told nothing more.
    guard let call = forget(number) else { return [] }
    let members =
      switch result {
      case .success(let value): Self.done(value)
      case .failure(let error): Self.refused(Self.text(of: error))
      }
    return [.send(success(members, call.id, call.dialect))]
  }

  /// The service is gone: nobody will answer what waits.
  package mutating func lost(_ reason: String) -> [Action] {
    let text =
      "\(reason) Whether this call was carried out is not known: look before you repeat a change."
    return waiting.keys.sorted().flatMap { number -> [Action] in
      guard let call = forget(number) else { return [] }
      return [.send(success(Self.refused(text), call.id, call.dialect))]
    }
  }

  @discardableResult
  private mutating func forget(_ number: Int64) -> WaitingCall? {
    guard let call = waiting.removeValue(forKey: number) else { return nil }
    numbers[call.key] = nil
    return call
  }

  private static func done(_ result: RawJSON) -> [(String, JSONValue)] {
    guard let value = try? JSON.decode(JSONValue.self, from: result.bytes) else {
      return refused("The service gave an answer that is no JSON.")
    }
    let shown = VisibleText.of(value)
    return [("content", textContent(JSON.text(of: shown))), ("structuredContent", shown)]
  }

  /// No `structuredContent`: clients would hold it against the schema of a success.
  private static func refused(_ text: String) -> [(String, JSONValue)] {
    [("content", textContent(VisibleText.of(text))), ("isError", .bool(true))]
  }

  private static func textContent(_ text: String) -> JSONValue {
    .array([.object([("type", .string("text")), ("text", .string(text))])])
  }

  /// The sentence for people, and then what programs get, which may name the field and what is missing.
  private static func text(of error: RPCError) -> String {
    guard let data = error.data else { return error.message }
    return "\(error.message)\n\(data.text)"
  }

  private func success(
    _ members: [(String, JSONValue)], _ id: RequestID, _ dialect: Dialect, mayBeKept: Bool = false
  ) -> [UInt8] {
    Response.success(
      dialect.completed(members, mayBeKept: mayBeKept, by: identity), id: id.bytes[...])
  }
}

extension JSON {
  fileprivate static func text(of value: JSONValue) -> String {
    String(decoding: encode(value), as: UTF8.self)
  }
}
