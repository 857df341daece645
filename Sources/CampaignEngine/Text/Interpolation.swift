import Wire

/// A text with places to fill in: `Dear {{guest.name ?? "friend"}}`. A place names paths in the
/// order in which they are tried, and perhaps a last resort in quotes.
package struct Interpolation: Hashable, Sendable {
  package enum Segment: Hashable, Sendable {
    case literal(String)
    case place(paths: [VariablePath], fallback: String?)
  }

  package private(set) var segments: [Segment] = []

  /// What is wrong with a text, and where in it.
  package struct Fault: Error {
    package let offset: Int
    package let message: String
  }

  package init(parsing text: String) throws(Fault) {
    var rest = text[...]
    while let open = rest.firstRange(ofText: "{{") {
      if open.lowerBound > rest.startIndex {
        segments.append(.literal(String(rest[..<open.lowerBound])))
      }
      let offset = text.utf8.distance(from: text.startIndex, to: open.lowerBound)
      guard let close = rest[open.upperBound...].firstRange(ofText: "}}") else {
        throw Fault(offset: offset, message: "\"{{\" is not closed by \"}}\"")
      }
      segments.append(
        try Self.place(String(rest[open.upperBound..<close.lowerBound]), offset: offset))
      rest = rest[close.upperBound...]
    }
    if !rest.isEmpty { segments.append(.literal(String(rest))) }
  }

  private static func place(_ inside: String, offset: Int) throws(Fault) -> Segment {
    var paths: [VariablePath] = []
    var fallback: String?
    var rest = inside[...]
    while true {
      let quoted = rest.trimmed
      if quoted.first == "\"" {
        guard quoted.count >= 2, quoted.last == "\"", !quoted.dropFirst().dropLast().contains("\"")
        else {
          throw Fault(offset: offset, message: "a text in quotes comes last: {{path ?? \"else\"}}")
        }
        fallback = String(quoted.dropFirst().dropLast())
        break
      }
      let end = rest.firstRange(ofText: "??")
      let part = rest[..<(end?.lowerBound ?? rest.endIndex)].trimmed
      if let path = VariablePath(String(part)) {
        paths.append(path)
      } else {
        throw Fault(
          offset: offset,
          message:
            "expected guest.…, household.…, member.…, event.…, vars.… or project.… between \"{{\" and \"}}\""
        )
      }
      guard let end else { break }
      rest = rest[end.upperBound...]
    }
    guard !paths.isEmpty else {
      throw Fault(offset: offset, message: "expected a path before the text in quotes")
    }
    return .place(paths: paths, fallback: fallback)
  }

  package var paths: [VariablePath] {
    segments.flatMap { segment -> [VariablePath] in
      if case .place(let paths, _) = segment { paths } else { [] }
    }
  }

  /// Places that have no last resort: at least one of their paths must have a value.
  package var requiredPlaces: [[VariablePath]] {
    segments.compactMap { segment in
      if case .place(let paths, nil) = segment { paths } else { nil }
    }
  }

  /// Scalars that stand in the text whatever is filled in.
  package var literalLength: Int {
    segments.reduce(0) { sum, segment in
      if case .literal(let literal) = segment { sum + literal.unicodeScalars.count } else { sum }
    }
  }

  /// The filled-in text, or the first path that has no value.
  package func fill(_ value: (VariablePath) -> String?) -> Result<String, MissingVariable> {
    var text = ""
    for segment in segments {
      switch segment {
      case .literal(let literal): text += literal
      case .place(let paths, let fallback):
        var found: String?
        for path in paths where found == nil {
          if let candidate = value(path), !candidate.isEmpty { found = candidate }
        }
        guard let found = found ?? fallback else {
          return .failure(MissingVariable(path: paths[0].description))
        }
        text += found
      }
    }
    return .success(text)
  }
}

package struct MissingVariable: Error, Equatable { package let path: String }

extension Substring {
  var trimmed: Substring {
    if utf8.isPlainlyTrimmed { return self }
    var part = self
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return part
  }
}

extension BidirectionalCollection<UInt8> {
  /// Said of most texts without looking at characters, which is slow: a visible sign of ASCII is no
  /// white space, and never belongs to a character that begins with some.
  var isPlainlyTrimmed: Bool {
    guard let first, let last else { return true }
    return (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last)
  }
}

extension String {
  /// Counts Unicode scalars where the bytes leave it open.
  func isAtMost(scalars: Int) -> Bool {
    utf8.count <= scalars || unicodeScalars.count <= scalars
  }

  /// As many whole characters from its beginning as fit, without white space at the end.
  func cut(toScalars count: Int) -> String {
    if isAtMost(scalars: count) { return self }
    var cut = ""
    var left = count
    for character in self {
      left -= character.unicodeScalars.count
      if left < 0 { break }
      cut.append(character)
    }
    return String(cut[...].trimmed)
  }
}
