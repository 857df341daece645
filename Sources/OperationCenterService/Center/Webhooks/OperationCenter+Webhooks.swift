import CampaignEngine
import Gateways
import JSONRPC
import Persistence
import Wire

/// Webhooks are answered once they are kept, and worked off in slices between other things.
extension OperationCenter {
  var hasWebhooks: Bool { !engine.state.webhooks.waiting.isEmpty }

  /// True while a large one is taken apart on another thread, which then wakes the loop.
  package var isReadingWebhook: Bool { webhookWork.isReading }

  /// Works off some items, each with the note that it is done, so that a restart goes on behind it.
  /// Where a slice ends depends on the clock of the machine; what comes of it does not.
  func workOffWebhooks(limit: Int = 256, until end: ContinuousClock.Instant) throws {
    var left = limit
    while left > 0, let webhook = engine.state.webhooks.waiting.first {
      guard let items = items(of: webhook) else { return }
      try workOffItem(of: webhook, items)
      resumeCalls()
      left -= 1
      if ContinuousClock.now >= end { break }
    }
    // What a webhook says about people is not kept longer than the webhook.
    if !hasWebhooks { webhookWork.close() }
  }

  /// Goes on once all that was taken in so far is worked off.
  func afterWebhooks<Output: WireValue>(
    _ answer: @escaping @Sendable (isolated OperationCenter) throws -> Output
  ) throws -> JobStart<Output> {
    guard let newest = engine.state.webhooks.waiting.last?.number else {
      return .now(try answer(self))
    }
    guard journal?.ensureReserve() != false else { throw RPCError.storageFull }
    guard !webhookWork.isFull else {
      throw RPCError.overloaded(
        "\(WebhookWork.mostCalls) calls wait for webhooks to be worked off; try again in a minute."
      )
    }
    let job = jobs.begin(isChange: true)
    let name = call.operatorName
    webhookWork.append(
      WebhookWork.Call(job: job, newest: newest) { center in
        center.finish(job, by: name) { try answer(center) }
      })
    return .later(job)
  }

  /// On a full disk nothing is worked off.
  func refuseCallsAfterWebhooks() {
    for call in webhookWork.takeCalls() {
      requestCounts.finish(call.job, isRefused: true)
      refuse(call.job, with: .storageFull)
    }
  }

  private func resumeCalls() {
    let next = engine.state.webhooks.waiting.first?.number ?? .max
    while let call = webhookWork.takeCall(before: next) { call.resume(self) }
  }

  private func workOffItem(of webhook: Webhook, _ items: [WhatsAppItem]) throws {
    // None at all, or fewer than the version knew that began with it.
    guard webhook.done < items.count else {
      return try perform(PassOverWebhook(isLast: true, hasItem: false))
    }
    try workOff(items[webhook.done], of: webhook, isLast: webhook.done + 1 == items.count)
  }

  /// Nil while another thread takes it apart, as it does with a large one.
  private func items(of webhook: Webhook) -> [WhatsAppItem]? {
    if webhookWork.open(webhook.number) { return webhookWork.items }
    guard webhook.body.utf8.count > Limits.webhookBytesReadAtOnce else {
      take(Self.items(of: webhook.body), of: webhook)
      return webhookWork.items
    }
    onAnotherThread {
      Self.items(of: webhook.body)
    } then: { items, center in
      center.take(items, of: webhook)
    }
    return nil
  }

  private static func items(of body: String) -> Result<[WhatsAppItem], WireError> {
    do throws(WireError) {
      return .success(try WhatsAppWebhook(parsing: Array(body.utf8)).items)
    } catch {
      return .failure(error)
    }
  }

  private func take(_ items: Result<[WhatsAppItem], WireError>, of webhook: Webhook) {
    if case .failure(let error) = items {
      configuration.log("webhook \(webhook.number) was passed over: \(error.reason)")
    }
    webhookWork.take((try? items.get()) ?? [], of: webhook.number)
  }

  private func workOff(_ item: WhatsAppItem, of webhook: Webhook, isLast: Bool) throws {
    let account = item.account ?? webhook.account
    func act<C: Command>(_ command: C) throws where C.Refusal == Rejection {
      let rejection = try perform(
        WorkOffWebhook(place: webhook.done, isLast: isLast, item: command))
      if let rejection { note("was refused: \(rejection.reason ?? rejection.kind)") }
    }
    func note(_ what: String) {
      // A body of strange things fills no log.
      guard webhook.done < 100 else { return }
      configuration.log("item \(webhook.done + 1) of webhook \(webhook.number) \(what)")
    }
    func pass(_ why: String) throws {
      try perform(PassOverWebhook(isLast: isLast, hasItem: true))
      note("was passed over: \(why)")
    }
    guard configuration.webhookSecrets.isSame(for: webhook.account, and: account) else {
      return try pass("it is about another account, which has another secret")
    }
    switch WebhookStep(item, of: webhook, account: account, in: engine.state) {
    case .message(let command): try act(command)
    case .status(let command): try act(command)
    case .identity(let command): try act(command)
    case .preference(let command): try act(command)
    case .template(let command): try act(command)
    case .account(let command):
      try act(command)
      note("says \(command.reason)")
    case .passOver(let why): try pass(why)
    }
  }
}
