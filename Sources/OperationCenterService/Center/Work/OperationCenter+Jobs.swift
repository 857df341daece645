import JSONRPC
import Wire

/// Work that ends after the call that began it.
extension OperationCenter {
  package func hold(_ answer: WaitingAnswer, at place: ReplyPlace) {
    jobs.hold(answer, at: place)
  }

  func finish(_ job: JobToken, with result: Result<some WireValue, RPCError>) {
    requestCounts.finish(job, isRefused: (try? result.get()) == nil)
    switch result {
    case .success(let output): settle(job) { $0.answer(job, with: output) }
    case .failure(let error): refuse(job, with: error)
    }
  }

  /// Does the rest of a job as the caller who began it.
  func finish<Output: WireValue>(
    _ job: JobToken, by name: String?, _ answer: () throws -> Output
  ) {
    call.operatorName = name
    let result = Result { try answer() }
    call.operatorName = nil
    finish(
      job,
      with: result.mapError { error in
        if let error = error as? any RPCErrorConvertible { return error.rpcError }
        configuration.log("a job failed inside the service: \(error.sentence)")
        return .internalFault
      })
  }

  func refuse(_ job: JobToken, with error: RPCError) {
    settle(job) { $0.refuse(job, with: error) }
  }

  private func settle(_ job: JobToken, _ fill: (inout WaitingAnswer) -> Void) {
    if let reply = jobs.settle(job, fill) { configuration.reply(reply.place, reply.body) }
  }
}
