import Wire

/// Takes the names of some guests out of texts that were written for another one.
package struct HiddenNames {
  /// What stands in the place of a name.
  package static let mark = "[…]"

  private let names: [String]
  private let spared: [String]

  /// - Parameter spared: names that stay, though one that is hidden may be part of them.
  package init(_ names: [String], sparing spared: [String] = []) {
    // As parameters of templates have them, too.
    let written = names + names.map { TemplateText.parameterValue($0) }
    // The longest first: a name may begin as another one does.
    self.names = Set(written).filter { !$0.isEmpty }.sorted { ($1.count, $0) < ($0.count, $1) }
    self.spared = spared
  }

  package var isEmpty: Bool { names.isEmpty }

  package func hide(in text: String) -> String {
    var text = text
    for name in names where text.contains(text: name) {
      if let whole = spared.first(where: { $0 != name && $0.contains(text: name) }) {
        text = text.split(atText: whole).map { Self.hide(name, in: $0) }.joined(separator: whole)
      } else {
        text = Self.hide(name, in: text)
      }
    }
    return text
  }

  /// Only where it stands as a whole: an Ann is no Anna.
  private static func hide(_ name: String, in text: String) -> String {
    var hidden = ""
    var rest = text[...]
    while let found = rest.firstRange(ofText: name) {
      let before = text[..<found.lowerBound].unicodeScalars.last
      let after = rest[found.upperBound...].unicodeScalars.first
      let isWhole = ![before, after].contains { $0.map(isLetterBetweenSpaces) ?? false }
      hidden += rest[..<found.lowerBound]
      hidden += isWhole ? mark : String(rest[found])
      rest = rest[found.upperBound...]
    }
    return hidden + rest
  }
}

/// A letter of a script whose words are told apart by spaces; Thai, Chinese and Japanese ones are not.
private func isLetterBetweenSpaces(_ scalar: Unicode.Scalar) -> Bool {
  guard scalar.properties.isAlphabetic else { return false }
  return switch scalar.value {
  case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3040...0x30FF, 0x3400...0x9FFF,
    0x20000...0x3FFFF:
    false
  default: true
  }
}

extension State {
  /// Everybody of whom the texts to a guest may speak beside that guest.
  package func namesAsked(with guest: GuestID) -> HiddenNames {
    let others = executions(of: guest).flatMap { execution in
      executions(namedTo: guest, in: self[execution].campaign).map { self[self[$0].guest].name }
    }
    return HiddenNames(others, sparing: [self[guest].name])
  }

  /// Takes the name of somebody who is erased out of what was written to those who spoke for them.
  mutating func eraseName(of guest: GuestID) {
    let name = self[guest].name
    if name.isEmpty { return }
    for execution in executions(of: guest) {
      let campaign = self[execution].campaign
      for speaker in self[execution].speakers {
        guard let walk = self.execution(of: speaker, in: campaign) else { continue }
        let others = members(spokenForBy: walk).filter { $0 != guest } + [speaker]
        erase(HiddenNames([name], sparing: others.map { self[$0].name }), name, from: walk)
      }
    }
  }

  private mutating func erase(_ hidden: HiddenNames, _ name: String, from walk: ExecutionID) {
    let words = FoldedText(name)
    for message in messages(of: walk) {
      let row = self[message]
      if row.content.names(hidden) {
        modify(message) { $0.content.hide(hidden) }
      } else if row.direction == .inbound, row.content.text != HiddenNames.mark,
        FoldedText(row.content.text).hasWords(of: words)
      {
        // Spelled by whoever wrote it.
        modify(message) { $0.content.text = HiddenNames.mark }
      }
    }
    modify(walk) { row in
      for place in row.variables.indices {
        guard case .text(let text) = row.variables[place].value else { continue }
        row.variables[place].value = .text(hidden.hide(in: text))
      }
    }
  }
}

extension MessageContent {
  fileprivate func names(_ hidden: HiddenNames) -> Bool {
    ([text] + values).contains { hidden.hide(in: $0) != $0 }
  }

  fileprivate mutating func hide(_ hidden: HiddenNames) {
    text = hidden.hide(in: text)
    values = values.map { hidden.hide(in: $0) }
  }
}
