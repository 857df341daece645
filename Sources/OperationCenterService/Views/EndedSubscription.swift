import Wire

/// The params of methods that end a subscription of their connection.
struct SubscriptionParams: WireObject {
  var subscription = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "subscription_id", &subscription, "As the method that began it gave it.", .length(1...32))
  }
}

/// What they answer.
struct EndedSubscription: WireObject {
  var subscription = ""

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("subscription_id", &subscription, "The subscription that has ended.")
  }
}
