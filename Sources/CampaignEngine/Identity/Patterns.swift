import Wire

extension Pattern {
  /// Ways out, keys, event names: what travels in payloads and is compared byte by byte.
  package static let handle = Pattern(
    name: "handle", expected: "1 to 64 of a-z, 0-9, _ and -", expression: "^[a-z0-9_-]{1,64}$",
    matches: { text in
      (1...64).contains(text.utf8.count) && text.utf8.allSatisfy(isHandleByte)
    })

  /// Node identifiers come from the editor that drew the graph; only `:` is ours (payloads).
  package static let nodeID = Pattern(
    name: "node id", expected: "1 to 64 visible ASCII characters without \":\"",
    expression: "^[!-9;-~]{1,64}$",
    matches: { text in
      (1...64).contains(text.utf8.count)
        && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    })

  /// Meta, "Template fundamentals": lower-case letters, digits and underscores, at most 512.
  package static let templateName = Pattern(
    name: "template name", expected: "1 to 512 of a-z, 0-9 and _", expression: "^[a-z0-9_]{1,512}$",
    matches: { text in
      (1...512).contains(text.utf8.count)
        && text.utf8.allSatisfy { isHandleByte($0) && $0 != UInt8(ascii: "-") }
    })

  package static let language = Pattern(
    name: "language", expected: "a language such as id or pt_BR",
    expression: "^[a-z]{2,3}([_-][A-Za-z0-9]{2,8})*$",
    matches: { text in
      if isPlainLanguage(text) { return true }
      let parts = text.split(omittingEmptySubsequences: false) { $0 == "_" || $0 == "-" }
      guard let base = parts.first, (2...3).contains(base.utf8.count),
        base.utf8.allSatisfy({ (0x61...0x7A).contains($0) })
      else { return false }
      return parts.dropFirst().allSatisfy { part in
        (2...8).contains(part.utf8.count)
          && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
      }
    })

  package static let callingCode = Pattern(
    name: "calling code", expected: "1 to 4 digits", expression: "^[1-9][0-9]{0,3}$",
    matches: { text in
      (1...4).contains(text.utf8.count) && text.utf8.first != 0x30
        && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    })

  /// A WhatsApp Business account: Meta's number of it, or what an operator calls it.
  package static let account = Pattern(
    name: "account", expected: "1 to 64 of letters, digits, ., _ and -",
    expression: "^[A-Za-z0-9._-]{1,64}$", matches: isPlainName)

  /// A duration that is no time before another: the schema of `TimeSpan` allows a minus.
  package static let length = Pattern(
    name: "length", expected: "a duration without a minus, such as 90s",
    expression: "^([0-9]+(ms|s|m|h|d))+$", matches: { !$0.hasPrefix("-") })

  package static let currency = Pattern(
    name: "currency", expected: "three capital letters such as USD", expression: "^[A-Z]{3}$",
    matches: { text in text.utf8.count == 3 && text.utf8.allSatisfy { (0x41...0x5A).contains($0) } }
  )
}

/// What needs no quoting anywhere.
package func isPlainName(_ text: String) -> Bool {
  (1...64).contains(text.utf8.count)
    && text.utf8.allSatisfy { byte in
      switch byte {
      case 0x41...0x5A, 0x61...0x7A, 0x30...0x39, 0x2D, 0x2E, 0x5F: true
      default: false
      }
    }
}

/// Most are no more than this, and need not be taken apart.
private func isPlainLanguage(_ text: String) -> Bool {
  (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7A).contains($0) }
}

private func isHandleByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x61...0x7A, 0x30...0x39, 0x5F, 0x2D: true
  default: false
  }
}
