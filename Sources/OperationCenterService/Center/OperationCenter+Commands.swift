import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// The way from a method to the engine and the journal.
extension OperationCenter {
  /// The only door to a change. A refusal comes before the first event. The events wait in the
  /// journal's open group; the loop commits the group, and only then lets replies and sends out.
  package func perform<C: Command>(_ command: C) throws -> C.Result {
    try perform(command, at: clock.now())
  }

  func perform<C: Command>(_ command: C, at time: Timestamp) throws -> C.Result {
    guard journal?.ensureReserve() != false else { throw RPCError.storageFull }
    if turn.isRecoveryDue { try recoverAttempts() }
    return try keep(command, at: time)
  }

  /// What happens by itself. Nil where nothing can be kept: then it waits.
  @discardableResult
  func advance<C: Command>(by command: C, at time: Timestamp) -> C.Result?
  where C.Refusal == Never {
    journal?.ensureReserve() == false ? nil : keep(command, at: time)
  }

  private func keep<C: Command>(
    _ command: C, at time: Timestamp
  ) throws(C.Refusal) -> C.Result {
    beginCommand()
    defer { endCommand() }
    let result = try engine.perform(command, at: time, by: call.operatorName)
    record()
    return result
  }

  private func record() {
    for event in engine.takeEvents() {
      journal?.append(type: event.kind.rawValue, version: eventVersion, payload: event.payload)
      history.append(
        kind: event.kind.rawValue, payload: event.payload, at: engine.state.now,
        by: engine.state.cause)
    }
  }

  private func beginCommand() { turn.commandDepth += 1 }

  private func endCommand() {
    turn.commandDepth -= 1
    if turn.commandDepth == 0 { journal?.endCommand() }
  }

  /// Runs a mutating method, once for each idempotency key: a repeat with the same params gets the
  /// first result again, also after a restart. The result is remembered in the command's own group.
  package func once<M: MethodDeclaration>(
    _ method: M.Type, _ params: M.Params, _ body: () throws -> M.Output
  ) throws -> M.Output where M.Params: KeyedParams {
    guard let key = params.idempotencyKey else {
      beginCommand()
      defer { endCommand() }
      return try body()
    }
    if let known = try rememberedResult(of: method, params) { return known }
    guard !engine.state.idempotency.isFull(at: now) else {
      throw Rejection.limitExceeded(
        "The results of \(engine.state.idempotency.count) keys are remembered for a day, and there is no room for more; try again later or without a key.",
        reason: "idempotency_keys")
    }
    beginCommand()
    defer { endCommand() }
    let output = try body()
    var entry = RememberedResult()
    (entry.method, entry.key, entry.digest) = (M.name, key, digest(of: params))
    entry.caller = call.operatorName ?? ""
    entry.result = RawJSON(validated: JSON.encode(output))
    _ = try perform(RememberResult(entry: entry))
    return output
  }

  /// What the same call was answered with before.
  func rememberedResult<M: MethodDeclaration>(
    of method: M.Type, _ params: M.Params
  ) throws -> M.Output? where M.Params: KeyedParams {
    guard let key = params.idempotencyKey,
      let known = engine.state.idempotency.find(
        caller: call.operatorName ?? "", method: M.name, key: key, at: now)
    else { return nil }
    guard known.digest == digest(of: params) else {
      throw Rejection.conflict(
        "idempotency_key \"\(key)\" was used for other params of \(M.name); choose another key.",
        reason: "idempotency_key_reused")
    }
    guard !known.result.isNull else {
      throw Rejection.conflict(
        "The result of idempotency_key \"\(key)\" was erased with a guest; nothing was done again.",
        reason: "result_erased")
    }
    return try JSON.decode(M.Output.self, from: known.result.bytes)
  }

  /// Of the params in the order of their field list, the key aside.
  private func digest<Params: KeyedParams>(of params: Params) -> UInt64 {
    var bare = params
    bare.idempotencyKey = nil
    var hash = StableHash()
    hash.add(String(decoding: JSON.encode(bare), as: UTF8.self))
    return hash.value
  }
}

/// Params of a mutating method.
package protocol KeyedParams: WireObject {
  var idempotencyKey: String? { get set }
}

extension FieldVisitor {
  /// The same words in every mutating method.
  mutating func idempotencyKey(_ key: inout String?) throws(WireError) {
    try field(
      "idempotency_key", &key,
      "A repeat with this key and the same params gets the first result again, for 24 hours.",
      .length(1...128))
  }
}

extension RPCError {
  static var storageFull: RPCError {
    var data = StorageFailedData()
    data.reason = "storage_full"
    return RPCError(
      "The disk has no room for changes; queries go on. Free some space and try again.", data)
  }
}
