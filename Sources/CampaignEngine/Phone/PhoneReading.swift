/// What a text says as a phone number, in E.164 as one integer.
package enum PhoneReading: Equatable, Sendable {
  case one(UInt64)
  /// Two people could be meant. The likelier first, which is the one taken.
  case ambiguous([UInt64])
  case refused(Refusal)

  package enum Refusal: Equatable, Sendable {
    case characters
    /// The number behind it is a switchboard's, where no message reaches anybody.
    case `extension`
    case countryCode
    case tooShort(found: Int)
    case tooLong(found: Int)
  }

  /// Reads what people write: `+62 812-3000-0077`, `0062…`, `6281230000077`, and national numbers
  /// such as `0812 3000 0077`, by the plan of the project's calling code.
  package static func read(_ text: String, home: NumberingPlan?) -> PhoneReading {
    let text = PhoneText(text)
    if let refusal = text.refusal { return .refused(refusal) }
    guard text.digits.count <= PhoneDigits.limit else {
      return .refused(.tooLong(found: text.digits.count))
    }
    if text.isInternational { return international(text.digits, bracketedZero: text.bracketedZero) }
    return candidates(text.digits, home) ?? unknown(text.digits, home)
  }

  /// PhoneDigits with calling code: 15 at most, by E.164.
  private static let whole = 8...15
}

/// One way to read the digits, by a range of the table.
private struct Candidate {
  var number: UInt64
  var isMobile: Bool

  init(_ plan: NumberingPlan, _ national: (digits: PhoneDigits, fit: NumberingPlan.Fit)) {
    number = national.digits.following(plan.code).value
    isMobile = national.fit != .line
  }
}

extension PhoneReading {
  /// Behind a plus the calling code is certain. A number that the table does not know is taken as
  /// it is written: plans change, and the table with them only later.
  private static func international(_ digits: PhoneDigits, bracketedZero: Int?) -> PhoneReading {
    guard let plan = NumberingPlan.beginning(digits) else { return .refused(.countryCode) }
    var national = digits.dropping(plan.code.count)
    if let found = plan.national(national, isAbroad: true) {
      let asWritten = Candidate(plan, found)
      // An Italian zero in brackets: the landline's own, or put before a mobile out of habit.
      if bracketedZero == plan.code.count, found.digits == national {
        let shorter = national.dropping(1)
        let fit = plan.fit(shorter)
        if fit != .none { return chosen(asWritten, Candidate(plan, (shorter, fit))) }
      }
      return .one(asWritten.number)
    }
    if !plan.hasLeadingZeros, national.leading(1) == 0 { national = national.dropping(1) }
    let number = national.following(plan.code)
    if number.count < whole.lowerBound {
      return .refused(.tooShort(found: number.count))
    }
    if number.count > whole.upperBound {
      return .refused(.tooLong(found: number.count))
    }
    return .one(number.value)
  }

  /// The readings that the table knows: behind an exit prefix, national, and with calling code but
  /// without the plus, which spreadsheets and people leave out.
  private static func candidates(_ digits: PhoneDigits, _ home: NumberingPlan?) -> PhoneReading? {
    if digits.count > 2, digits.leading(2) == 0, let abroad = complete(digits.dropping(2)) {
      return .one(abroad.number)
    }
    let complete = complete(digits)
    guard let home else { return complete.map { .one($0.number) } }
    let abroad = behindExit(digits, home)
    guard let found = home.national(digits, isAbroad: false) else {
      guard let abroad else { return complete.map { .one($0.number) } }
      return chosen(abroad, complete)
    }
    let national = Candidate(home, found)
    if let abroad { return chosen(abroad, national) }
    guard let complete else { return .one(national.number) }
    let isBare = found.digits == digits
    // Where a trunk prefix is usual and not written, something is odd.
    let isOdd = isBare && !home.isBareUsual
    if digits.leading(home.code.count) == home.code.value {
      return isOdd ? chosen(complete, national) : chosen(national, complete)
    }
    // Guests have mobiles. Against a national one nothing speaks but another mobile, and that only
    // where the trunk prefix is missed.
    if national.isMobile, !(isOdd && complete.isMobile) { return .one(national.number) }
    return isBare
      ? chosen(national, complete) : .ambiguous([national.number, complete.number])
  }

  private static func behindExit(_ digits: PhoneDigits, _ home: NumberingPlan) -> Candidate? {
    for exit in home.exits where exit.begins(digits) {
      if let found = complete(digits.dropping(exit.count)) { return found }
    }
    return nil
  }

  private static func complete(_ digits: PhoneDigits) -> Candidate? {
    NumberingPlan.beginning(digits).flatMap { plan in
      plan.national(digits.dropping(plan.code.count), isAbroad: true).map { Candidate(plan, $0) }
    }
  }

  /// A mobile before a landline, otherwise the first.
  private static func chosen(_ first: Candidate, _ second: Candidate?) -> PhoneReading {
    guard let second, second.number != first.number else { return .one(first.number) }
    let swaps = second.isMobile && !first.isMobile
    return .ambiguous(swaps ? [second.number, first.number] : [first.number, second.number])
  }

  /// No range of the table fits: the lengths of the project's plan decide.
  private static func unknown(_ digits: PhoneDigits, _ home: NumberingPlan?) -> PhoneReading {
    if digits.count > 2, digits.leading(2) == 0 {
      return international(digits.dropping(2), bracketedZero: nil)
    }
    guard let home else {
      if digits.count < whole.lowerBound {
        return .refused(.tooShort(found: digits.count))
      }
      if digits.count > whole.upperBound {
        return .refused(.tooLong(found: digits.count))
      }
      return .refused(.countryCode)
    }
    for trunk in home.trunks where trunk.begins(digits) {
      let rest = digits.dropping(trunk.count)
      if home.permits(rest.count), rest.leading(1) != 0 {
        return .one(rest.following(home.code).value)
      }
    }
    let isNational = home.permits(digits.count) && (home.hasLeadingZeros || digits.leading(1) != 0)
    let national = isNational ? digits.following(home.code).value : nil
    let isComplete =
      digits.count > home.code.count && digits.leading(home.code.count) == home.code.value
      && home.permits(digits.count - home.code.count)
    switch (isComplete ? digits.value : nil, national) {
    case (let complete?, let national?): return .ambiguous([complete, national])
    case (let number?, nil), (nil, let number?): return .one(number)
    case (nil, nil): return .refused(home.length(digits.count))
    }
  }
}

extension NumberingPlan {
  fileprivate func length(_ found: Int) -> PhoneReading.Refusal {
    found > 31 - lengths.leadingZeroBitCount ? .tooLong(found: found) : .tooShort(found: found)
  }
}
