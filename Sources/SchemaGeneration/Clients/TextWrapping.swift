extension String {
  /// Its words in lines of at most so many characters; a longer word has a line of its own. White space
  /// at the beginning stays.
  func wrapped(columns: Int, first: String, others: String) -> String {
    var lines: [String] = []
    var line = ""
    var gap = String(prefix { $0 == " " })
    for word in split(separator: " ") {
      let indent = lines.isEmpty ? first : others
      let longer = line + gap + word
      if line.isEmpty || indent.count + longer.count <= columns {
        line = longer
      } else {
        lines.append(indent + line)
        line = String(word)
      }
      gap = " "
    }
    if !line.isEmpty { lines.append((lines.isEmpty ? first : others) + line) }
    return lines.joined(separator: "\n")
  }
}
