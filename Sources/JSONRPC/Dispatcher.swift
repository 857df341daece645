import Wire

/// Takes a frame to its methods and gives what is to be answered. Everything happens within the
/// call, on the actor that the methods run on.
package struct Dispatcher<Context: Actor>: Sendable {
  /// What the caller is not told, or not told in full.
  package enum Observation: Sendable {
    case internalFault(method: String, any Error)
    /// Somebody answered, though we ask nothing.
    case strayAnswer
  }

  /// Throws where the caller may not call this. Asked before it is known whether there is such a
  /// method, so that whoever may call nothing learns nothing.
  package typealias Permission =
    @Sendable (_ method: String, MethodEntry<Context>?, isolated Context) throws -> Void

  package let registry: MethodRegistry<Context>
  private let limits: Limits
  private let observe: @Sendable (Observation) -> Void
  private let permit: Permission

  package init(
    _ registry: MethodRegistry<Context>, limits: Limits = .standard,
    observe: @escaping @Sendable (Observation) -> Void = { _ in },
    permit: @escaping Permission = { _, _, _ in }
  ) {
    self.registry = registry
    self.limits = limits
    self.observe = observe
    self.permit = permit
  }

  package func answer(_ frame: ArraySlice<UInt8>, in context: isolated Context) -> Answer {
    do throws(WireError) {
      try frame.withUnsafeBufferPointer { (bytes) throws(WireError) in
        try JSON.validate(bytes, maximumDepth: limits.nestingDepth)
      }
    } catch {
      return .complete(Response.failure(.parseError("not JSON: \(error)")))
    }
    if frame.first(where: { !ASCII.isSpace($0) }) == UInt8(ascii: "[") {
      return answerBatch(frame, in: context)
    }
    return switch perform(frame, in: context) {
    case nil: .nothing
    case .done(let body): .complete(body)
    case .waiting(let job, let id): .waiting(WaitingAnswer([.waiting(job, id: id)], isBatch: false))
    }
  }

  /// Refused as a whole before anything runs; afterwards each element stands for itself.
  private func answerBatch(_ frame: ArraySlice<UInt8>, in context: isolated Context) -> Answer {
    let elements = elements(of: frame)
    guard !elements.isEmpty else {
      return .complete(Response.failure(.invalidRequest("a batch holds at least one request")))
    }
    guard elements.count <= limits.batchRequests else {
      let error = RPCError.limitExceeded(
        "a batch may hold \(limits.batchRequests) requests; nothing was executed",
        limit: limits.batchRequests)
      return .complete(Response.failure(error))
    }
    var parts: [WaitingAnswer.Part] = []
    var answerBytes = 0
    for element in elements {
      let part =
        answerBytes < limits.batchAnswerBytes
        ? perform(element, in: context) : refuseUnstarted(element)
      guard let part else { continue }
      if case .done(let body) = part { answerBytes += body.count }
      parts.append(part)
    }
    if parts.isEmpty { return .nothing }
    let answer = WaitingAnswer(parts, isBatch: true)
    return answer.completed.map(Answer.complete) ?? .waiting(answer)
  }

  /// At most one more than the limit: enough to see that there are too many.
  private func elements(of frame: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    frame.withUnsafeBufferPointer { bytes in
      var elements: [ArraySlice<UInt8>] = []
      var scanner = JSONScanner(bytes)
      scanner.enter()
      while elements.count <= limits.batchRequests, let range = scanner.nextElement() {
        elements.append(frame[offset: range])
      }
      return elements
    }
  }

  private func refuseUnstarted(_ element: ArraySlice<UInt8>) -> WaitingAnswer.Part? {
    switch Request.parse(element) {
    case .answer: return nil
    case .invalid(let error, let id): return .done(Response.failure(error, id: id.bytes[...]))
    case .request(let request):
      let error = RPCError.limitExceeded(
        "the answers before this one fill the batch; this request was not started",
        limit: limits.batchAnswerBytes)
      return request.id.map { .done(Response.failure(error, id: $0)) }
    }
  }

  private func perform(
    _ message: ArraySlice<UInt8>, in context: isolated Context
  ) -> WaitingAnswer.Part? {
    switch Request.parse(message) {
    case .answer:
      observe(.strayAnswer)
      return nil
    case .invalid(let error, let id):
      return .done(Response.failure(error, id: id.bytes[...]))
    case .request(let request):
      do {
        return try invoke(request, in: context)
      } catch {
        let refusal = refusal(for: error, method: request.method)
        return request.id.map { .done(Response.failure(refusal, id: $0)) }
      }
    }
  }

  private func invoke(
    _ request: Request, in context: isolated Context
  ) throws -> WaitingAnswer.Part? {
    let entry = registry[request.method]
    try permit(request.method, entry, context)
    guard let entry else { throw RPCError.methodNotFound(request.method) }
    switch try entry.invoke(request, context) {
    case .answered(let body): return request.id == nil ? nil : .done(body)
    case .later(let job): return request.id.map { .waiting(job, id: RequestID($0)) }
    }
  }

  private func refusal(for error: any Error, method: String) -> RPCError {
    if let known = error as? any RPCErrorConvertible { return known.rpcError }
    observe(.internalFault(method: method, error))
    return .internalFault
  }
}
