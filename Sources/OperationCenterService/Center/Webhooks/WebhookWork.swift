import Gateways
import JSONRPC

/// Where the work on webhooks stands, and who waits for it.
struct WebhookWork {
  /// A call that has to follow what WhatsApp said before it.
  struct Call {
    let job: JobToken
    /// The newest webhook before the call.
    let newest: UInt64
    let resume: @Sendable (isolated OperationCenter) -> Void
  }

  static let mostCalls = 1000

  /// The oldest webhook that waits. It has no items yet while another thread takes it apart.
  private var opened: (number: UInt64, items: [WhatsAppItem]?)?
  /// In their order.
  private var calls: [Call] = []

  // MARK: The webhook that is worked off

  /// Another thread takes it apart.
  var isReading: Bool { opened.map { $0.items == nil } ?? false }

  var isOpen: Bool { opened != nil }

  var items: [WhatsAppItem]? { opened?.items }

  /// - Returns: whether it was open already, and is read or being read.
  mutating func open(_ number: UInt64) -> Bool {
    if opened?.number == number { return true }
    opened = (number, nil)
    return false
  }

  /// What a webhook has in it; nothing happens where another is open by now.
  mutating func take(_ items: [WhatsAppItem], of number: UInt64) {
    if opened?.number == number { opened?.items = items }
  }

  mutating func close() { opened = nil }

  // MARK: Who waits

  var isFull: Bool { calls.count >= Self.mostCalls }

  mutating func append(_ call: Call) { calls.append(call) }

  /// The first call for which all webhooks before this one are enough.
  mutating func takeCall(before number: UInt64) -> Call? {
    guard let first = calls.first, first.newest < number else { return nil }
    return calls.removeFirst()
  }

  mutating func takeCalls() -> [Call] {
    defer { calls = [] }
    return calls
  }

  mutating func drop(_ job: JobToken) { calls.removeAll { $0.job == job } }
}
