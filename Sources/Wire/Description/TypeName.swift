/// A type's name as others may read it: without modules, nested names run together, arguments
/// behind "Of": `CreateReminder.Params` is `CreateReminderParams`, `Page<Guest>` is `PageOfGuest`.
func typeName(of type: Any.Type) -> String {
  var names: [String] = []
  var parts: [String] = [""]
  var parentheses = 0
  for character in String(reflecting: type) + ">" {
    switch character {
    // Types that are private or local carry a remark in parentheses.
    case "(": parentheses += 1
    case ")": parentheses -= 1
    case _ where parentheses > 0: break
    case ".": parts.append("")
    case "<", ",", ">":
      let name = parts.dropFirst(parts.count > 1 ? 1 : 0).joined()
      if !name.isEmpty { names.append(name) }
      parts = [""]
    case " ": break
    default: parts[parts.count - 1].append(character)
    }
  }
  guard let base = names.first else { return "" }
  return names.count == 1 ? base : base + "Of" + names.dropFirst().joined(separator: "And")
}
