/// Templates of a category that WhatsApp does not deliver in a country, since when, and who says so.
package struct DeliveryStop: Sendable {
  package let country: String
  package let category: TemplateCategory
  package let from: Timestamp
  package let source: String
  private let isThere: @Sendable (Phone) -> Bool

  func holdsBack(from phone: Phone) -> Bool { isThere(phone) }

  /// All that are known. One that ends is taken out of the list; one that comes is a line more.
  package static let all: [DeliveryStop] = [
    DeliveryStop(
      country: "US", category: .marketing, from: Timestamp(milliseconds: 1_743_465_600_000),
      source: "Meta, \"Per-user marketing template message limits\": paused since 2025-04-01",
      isThere: { $0.isInUnitedStates })
  ]

  /// The stop that holds such a template back from a number.
  package static func stop(
    of category: TemplateCategory, to phone: Phone, at time: Timestamp
  ) -> DeliveryStop? {
    all.first { $0.category == category && $0.from <= time && $0.isThere(phone) }
  }
}

extension State {
  /// It would be sent for nothing.
  func isUndeliverable(_ content: MessageContent, to guest: GuestID) -> Bool {
    content.kind == .template
      && DeliveryStop.stop(
        of: template(content.template).category, to: self[guest].phone, at: now) != nil
  }
}
