/// A condition that was read, not yet resolved for a project: chatflows keep their queries so.
package struct ConditionText: Equatable, Sendable {
  package let root: Condition

  package init(parsing text: String) throws(ConditionFault) {
    root = try ConditionParser.parse(text)
  }

  package init(_ root: Condition) { self.root = root }

  /// Paths that it looks at, `guest.rsvp.sangeet` and `vars.answer`, each once and sorted.
  package var reads: [String] {
    var paths: Set<String> = []
    Self.collect(root, into: &paths)
    return paths.sorted()
  }

  private static func collect(_ condition: Condition, into paths: inout Set<String>) {
    switch condition {
    case .all(let parts), .any(let parts): for part in parts { collect(part, into: &paths) }
    case .not(let part): collect(part, into: &paths)
    case .comparison(let comparison):
      let path = ConditionFieldName(comparison.field.text).path
      let event = comparison.value.text.lowercased()
      // Which event is looked at stands behind the sign.
      paths.insert(path == Self.invitedTo && !event.isEmpty ? "\(path).\(event)" : path)
    case .search: paths.formUnion(Self.searched)
    }
  }

  static let invitedTo = "guest.\(GuestAttribute.invitedTo.name)"

  /// What a bare word is looked for in.
  static let searched = ["guest.external_id", "guest.name", "guest.phone"]
}
