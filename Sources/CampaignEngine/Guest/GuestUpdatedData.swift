import Wire

/// What changed about a guest: answers, counts and the category with their values, everything that
/// is personal by its name only.
///
///     {"changed": {"rsvp": {"from": "attending", "to": "declined"}}, "hidden": ["name"]}
package struct GuestUpdatedData: PublicData {
  package static let kind = PublicKind("guest_updated")
  package static let summary = "A guest was changed: by an answer, a flow, an operator or a list."
  package var changed = WireMap<ValueChange>()
  package var hidden: [String]?

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "changed", &changed,
      "By field: rsvp, attending_count, attending_children, party_size, children, category and invited_to; those of further events as events.KEY.rsvp."
    )
    try visit.field(
      "hidden", &hidden, "Names of further fields that changed, whose values are personal.",
      .omittable)
  }

  mutating func change(_ field: String, _ before: String, _ after: String) {
    guard before != after else { return }
    changed[field] = ValueChange(
      from: before.isEmpty ? nil : .text(before), to: after.isEmpty ? nil : .text(after))
  }

  mutating func change(_ field: String, _ before: Int64, _ after: Int64) {
    guard before != after else { return }
    changed[field] = ValueChange(from: .integer(before), to: .integer(after))
  }

  mutating func hide(_ profile: GuestProfile) {
    var names = profile.values.given.filter { $0.has(.isPersonal) }.map(\.name)
    if profile.tags != nil || !profile.addTags.isEmpty || !profile.removeTags.isEmpty {
      names.append("tags")
    }
    names += profile.fieldValues.keys.map { "fields.\($0)" }
    for field in profile.eventFields where !names.contains("fields.\(field.key)") {
      names.append("fields.\(field.key)")
    }
    if profile.unreachableSince != nil { names.append("reachable") }
    hidden = names.isEmpty ? nil : names
  }
}

package struct ValueChange: WireObject, Equatable {
  package var from: Scalar?
  package var to: Scalar?

  package init() {}
  init(from: Scalar?, to: Scalar?) { (self.from, self.to) = (from, to) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "Value before; null where there was none.")
    try visit.field("to", &to, "Value from now on; null where there is none.")
  }
}
