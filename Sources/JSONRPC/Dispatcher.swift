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

  /// Gives up what the caller waits for under this id.
  /// - Parameter begun: jobs of the batch that is being answered. They are answered already, and
  ///   only their work is left to be dropped.
  package typealias Cancel =
    @Sendable (_ id: RequestID, _ begun: [JobToken], isolated Context) -> Void

  /// How a request has gone. A notification counts like any other.
  package enum Course: Sendable {
    case answered
    case refused
    /// It will be one of the others once the job ends.
    case begun(JobToken)
  }

  /// Told of every request, with the place of its method in the registry; nil where there is no such
  /// method. Called for each, so it has to be quick.
  package typealias Count =
    @Sendable (_ place: Int?, Course, isolated Context) -> Void

  /// What is said to a call of a method that is not there.
  package typealias Unknown = @Sendable (_ method: String) -> RPCError

  package let registry: MethodRegistry<Context>
  private let limits: Limits
  private let observe: @Sendable (Observation) -> Void
  private let permit: Permission
  private let cancel: Cancel
  private let count: Count
  private let unknown: Unknown

  package init(
    _ registry: MethodRegistry<Context>, limits: Limits = .standard,
    observe: @escaping @Sendable (Observation) -> Void = { _ in },
    permit: @escaping Permission = { _, _, _ in },
    cancel: @escaping Cancel = { _, _, _ in },
    count: @escaping Count = { _, _, _ in },
    unknown: @escaping Unknown = { .methodNotFound($0) }
  ) {
    self.registry = registry
    self.limits = limits
    self.observe = observe
    self.permit = permit
    self.cancel = cancel
    self.count = count
    self.unknown = unknown
  }

  package func answer(_ frame: ArraySlice<UInt8>, in context: isolated Context) -> Answer {
    do throws(WireError) {
      try frame.withUnsafeBufferPointer { (bytes) throws(WireError) in
        try JSON.validate(bytes, maximumDepth: limits.nestingDepth)
      }
    } catch {
      return .complete(Response.failure(.parseError("not JSON: \(error)")))
    }
    if frame.first(where: { !ASCII.isWhitespace($0) }) == UInt8(ascii: "[") {
      return answerBatch(frame, in: context)
    }
    return switch perform(frame, in: context, cancelBegun: { _ in [] }) {
    case nil: .nothing
    case .done(let body): .complete(body)
    case .waiting(let job, let id): .waiting(WaitingAnswer([.waiting(job, id: id)], isBatch: false))
    }
  }

  /// For whoever keeps frames waiting: a cancellation overtakes what it may cancel.
  package func isCancellation(_ frame: ArraySlice<UInt8>) -> Bool {
    let isJSON = frame.withUnsafeBufferPointer { bytes in
      (try? JSON.validate(bytes, maximumDepth: limits.nestingDepth)) != nil
    }
    guard isJSON, case .request(let request) = Request.parse(frame) else { return false }
    return Cancellation(request) != nil
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
    var answer = WaitingAnswer([], isBatch: true)
    for element in elements {
      if answer.doneBytes < limits.batchAnswerBytes {
        let part = perform(element, in: context, cancelBegun: { answer.cancel($0) })
        if let part { answer.append(part) }
      } else if let part = refuseUnstarted(element) {
        answer.append(part)
      }
    }
    return answer.whole
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

  /// - Parameter cancelBegun: cancels what the same batch has begun under an id.
  private func perform(
    _ message: ArraySlice<UInt8>, in context: isolated Context,
    cancelBegun: (RequestID) -> [JobToken]
  ) -> WaitingAnswer.Part? {
    switch Request.parse(message) {
    case .answer:
      observe(.strayAnswer)
      return nil
    case .invalid(let error, let id):
      return .done(Response.failure(error, id: id.bytes[...]))
    case .request(let request):
      let place = registry.place(of: request.method)
      do {
        return try invoke(request, at: place, in: context, cancelBegun: cancelBegun)
      } catch {
        count(place, .refused, context)
        let refusal = refusal(for: error, method: request.method)
        return request.id.map { .done(Response.failure(refusal, id: $0)) }
      }
    }
  }

  private func invoke(
    _ request: Request, at place: Int?, in context: isolated Context,
    cancelBegun: (RequestID) -> [JobToken]
  ) throws -> WaitingAnswer.Part? {
    let entry = place.map { registry.entries[$0] }
    try permit(request.method, entry, context)
    if let cancellation = Cancellation(request) {
      cancel(cancellation.id, cancelBegun(cancellation.id), context)
      return nil
    }
    guard let entry else { throw unknown(request.method) }
    switch try entry.invoke(request, context) {
    case .answered(let body):
      count(place, .answered, context)
      return request.id == nil ? nil : .done(body)
    case .later(let job):
      count(place, .begun(job), context)
      return request.id.map { .waiting(job, id: RequestID($0)) }
    }
  }

  private func refusal(for error: any Error, method: String) -> RPCError {
    if let known = error as? any RPCErrorConvertible { return known.rpcError }
    observe(.internalFault(method: method, error))
    return .internalFault
  }
}
