/// What an older listing says must still be so: lists only grow at their end, and no number is
/// given away twice. Swift's names for types are free.
extension StoredTypes {
  /// Leaves that took the place of others. The binary form of the new one must read all that the old
  /// one wrote, and a test of its own must say so.
  ///
  /// | old | new | why |
  /// |---|---|---|
  /// | `TimeSpan` | `CalendarSpan` | days before an event are days of the calendar |
  static let leafSuccessions = ["TimeSpan": "CalendarSpan"]

  /// Each way in which this breaks what an older listing says.
  func breaches(of older: StoredTypes) -> [String] {
    var check = GrowthCheck(older: older, newer: self)
    for root in older.roots {
      let place = "\(root.kind.rawValue) \(root.number)"
      guard let twin = roots.first(where: { $0.kind == root.kind && $0.number == root.number })
      else {
        check.breaches.append("\(place) is gone")
        continue
      }
      if twin.name != root.name {
        check.breaches.append("\(place) was \(root.name) and is \(twin.name)")
      }
      check.compare(root.shape, twin.shape, root.name)
    }
    return check.breaches
  }
}

private struct GrowthCheck {
  let older: StoredTypes
  let newer: StoredTypes
  var breaches: [String] = []
  private var seen: Set<String> = []

  init(older: StoredTypes, newer: StoredTypes) { (self.older, self.newer) = (older, newer) }

  mutating func compare(_ old: StoredShape, _ new: StoredShape, _ path: String) {
    switch (old, new) {
    case (.leaf(let old), .leaf(let new))
    where old == new || StoredTypes.leafSuccessions[old] == new:
      break
    case (.extras, .extras): break
    case (.enumeration(let old), .enumeration(let new)):
      compareWords(old, new, path)
    case (.object(let old), .object(let new)): compareFields(old, new, path)
    case (.union(let old), .union(let new)):
      compareWords(old, new, path)
      for word in older.enumerations[old] ?? [] {
        compareFields("\(old).\(word)", "\(new).\(word)", "\(path).\(word)")
      }
    case (.list(let old), .list(let new)), (.optional(let old), .optional(let new)),
      (.map(let old), .map(let new)), (.patch(let old), .patch(let new)):
      compare(old, new, path)
    default: breaches.append("\(path) was \(old.text) and is \(new.text)")
    }
  }

  private mutating func compareWords(_ old: String, _ new: String, _ path: String) {
    let (old, new) = (older.enumerations[old] ?? [], newer.enumerations[new] ?? [])
    if !new.starts(with: old) { breaches.append("\(path): cases were \(old) and are \(new)") }
  }

  private mutating func compareFields(_ old: String, _ new: String, _ path: String) {
    guard seen.insert("\(old) \(new)").inserted else { return }
    let (old, new) = (older.objects[old] ?? [], newer.objects[new] ?? [])
    for (place, field) in old.enumerated() {
      guard place < new.count else {
        breaches.append("\(path).\(field.name) is gone")
        continue
      }
      if new[place].name != field.name {
        breaches.append("\(path): field \(place + 1) was \(field.name) and is \(new[place].name)")
      }
      compare(field.shape, new[place].shape, "\(path).\(field.name)")
    }
  }
}
