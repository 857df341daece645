/// A type's name as others may read it: without modules, nested names run together, arguments
/// behind "Of": `CreateReminder.Params` is `CreateReminderParams`, `Page<Guest>` is `PageOfGuest`.
func typeName(of type: Any.Type) -> String {
  var name = ""
  var parts: [String] = [""]
  var parentheses = 0
  for character in String(reflecting: type) {
    switch character {
    // Types that are private or local carry a remark in parentheses.
    case "(": parentheses += 1
    case ")": parentheses -= 1
    case _ where parentheses > 0: break
    case ".": parts.append("")
    case "<", ",":
      name += withoutModule(parts) + (character == "<" ? "Of" : "And")
      parts = [""]
    case " ", ">": break
    default: parts[parts.count - 1].append(character)
    }
  }
  return name + withoutModule(parts)
}

private func withoutModule(_ parts: [String]) -> String {
  parts.dropFirst(parts.count > 1 ? 1 : 0).joined()
}
