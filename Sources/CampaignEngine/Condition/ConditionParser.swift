/// Reads a condition. `OR` binds least; `AND`, or nothing at all, binds more; `NOT` most. The depth
/// is counted, so that no text can exhaust the stack.
struct ConditionParser {
  private var lexer: ConditionLexer
  private var token: ConditionToken
  private var count = 0

  static func parse(_ text: String) throws(ConditionFault) -> Condition {
    guard text.unicodeScalars.count <= Limits.conditionCharacters else {
      throw ConditionFault(
        .tooLong, at: Limits.conditionCharacters + 1,
        "expected at most \(Limits.conditionCharacters) characters")
    }
    var parser = try ConditionParser(text)
    let condition = try parser.alternatives(depth: 0)
    guard parser.token.kind == .end else {
      throw parser.fault("expected AND, OR or the end; found \(parser.token.found)")
    }
    return condition
  }

  private init(_ text: String) throws(ConditionFault) {
    lexer = ConditionLexer(text)
    token = try lexer.next()
  }

  private mutating func advance() throws(ConditionFault) { token = try lexer.next() }

  private func fault(_ message: String) -> ConditionFault {
    ConditionFault(.badQuery, at: token.position, message)
  }

  private mutating func alternatives(depth: Int) throws(ConditionFault) -> Condition {
    var parts = [try conjunction(depth: depth)]
    while token.kind == .or {
      try advance()
      parts.append(try conjunction(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction(depth: Int) throws(ConditionFault) -> Condition {
    var parts = [try factor(depth: depth)]
    while token.kind != .or, token.kind != .close, token.kind != .end {
      if token.kind == .and { try advance() }
      parts.append(try factor(depth: depth))
    }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func factor(depth: Int) throws(ConditionFault) -> Condition {
    guard depth <= Limits.conditionDepth else {
      throw ConditionFault(
        .tooDeep, at: token.position,
        "expected at most \(Limits.conditionDepth) parentheses and NOTs inside each other")
    }
    let start = token
    switch token.kind {
    case .not:
      try advance()
      return .not(try factor(depth: depth + 1))
    case .open:
      try advance()
      let inner = try alternatives(depth: depth + 1)
      guard token.kind == .close else {
        throw fault(
          "expected \")\" to close the parenthesis of character \(start.position); found \(token.found)"
        )
      }
      try advance()
      return inner
    case .word(let text), .quoted(let text):
      try countCondition()
      try advance()
      return try comparison(of: ConditionTerm(text, at: start.position))
    case .sign, .and, .or, .close, .end:
      throw fault(
        "expected a condition such as category = vip; found \(token.found)")
    }
  }

  private mutating func comparison(of term: ConditionTerm) throws(ConditionFault) -> Condition {
    guard case .sign(let sign) = token.kind else { return .search(term) }
    let position = token.position
    try advance()
    switch token.kind {
    case .word(let text), .quoted(let text):
      let value = ConditionTerm(text, at: token.position)
      try advance()
      return .comparison(Condition.Comparison(term, sign, value, at: position))
    case .and, .or, .not:
      throw fault(
        "expected a value after \(sign.rawValue); found \(token.found), which needs quotes as a value"
      )
    case .sign, .open, .close, .end:
      throw fault("expected a value after \(sign.rawValue); found \(token.found)")
    }
  }

  private mutating func countCondition() throws(ConditionFault) {
    count += 1
    guard count <= Limits.conditionsPerQuery else {
      throw ConditionFault(
        .tooManyConditions, at: token.position,
        "expected at most \(Limits.conditionsPerQuery) conditions")
    }
  }
}
