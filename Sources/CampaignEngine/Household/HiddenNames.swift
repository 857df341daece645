import Wire

/// Takes the names of some guests out of texts that were written for another one.
package struct HiddenNames {
  /// What stands in the place of a name.
  package static let mark = "[…]"

  private let names: [String]

  package init(_ names: [String]) {
    // The longest first: a name may begin as another one does.
    self.names = Set(names).filter { !$0.isEmpty }.sorted { ($1.count, $0) < ($0.count, $1) }
  }

  package var isEmpty: Bool { names.isEmpty }

  package func hide(in text: String) -> String {
    var text = text
    for name in names where text.contains(text: name) { text = Self.hide(name, in: text) }
    return text
  }

  /// Only where it stands as a whole: an Ann is no Anna.
  private static func hide(_ name: String, in text: String) -> String {
    var hidden = ""
    var rest = text[...]
    while let found = rest.firstRange(ofText: name) {
      let before = text[..<found.lowerBound].unicodeScalars.last
      let after = rest[found.upperBound...].unicodeScalars.first
      let isWhole = ![before, after].contains { $0?.properties.isAlphabetic == true }
      hidden += rest[..<found.lowerBound]
      hidden += isWhole ? mark : String(rest[found])
      rest = rest[found.upperBound...]
    }
    return hidden + rest
  }
}

extension State {
  /// Everybody of whom the texts to a guest may speak beside that guest.
  package func namesAsked(with guest: GuestID) -> HiddenNames {
    let others = executions(of: guest).flatMap { execution in
      executions(namedTo: guest, in: self[execution].campaign).map { self[self[$0].guest].name }
    }
    return HiddenNames(others)
  }

  /// Takes the name of somebody who is erased out of what was written to those who spoke for them.
  mutating func eraseName(of guest: GuestID) {
    let hidden = HiddenNames([self[guest].name])
    if hidden.isEmpty { return }
    for execution in executions(of: guest) {
      let campaign = self[execution].campaign
      for speaker in self[execution].speakers {
        guard let walk = self.execution(of: speaker, in: campaign) else { continue }
        erase(hidden, from: walk)
      }
    }
  }

  private mutating func erase(_ hidden: HiddenNames, from walk: ExecutionID) {
    for message in messages(of: walk) where self[message].content.names(hidden) {
      modify(message) { $0.content.hide(hidden) }
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
