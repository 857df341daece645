/// A day that a guest typed, in digits of any script: `2027-05-01`, `1/5/2027`, `01.05.27`,
/// `2027年5月1日`, `5 May 2027`. A year of four digits stands first or last and tells so; what comes
/// first else is decided by the guest's language. Without a year there is no day.
package enum DateReading {
  package static func date(in text: String, language: String) -> CivilDate? {
    guard let parts = DateParts(FoldedText(keepingPunctuation: text)) else { return nil }
    let order = DateOrder(language: language)
    let numbers = parts.numbers
    if let month = parts.month {
      guard numbers.count == 2 else { return nil }
      let (first, second) = (numbers[0], numbers[1])
      return first.digits == 4
        ? order.date(first, month, second.value) : order.date(second, month, first.value)
    }
    if numbers.count == 1, numbers[0].digits == 8 { return order.date(run: numbers[0].value) }
    guard numbers.count == 3 else { return nil }
    if numbers[0].digits == 4 { return order.date(numbers[0], numbers[1].value, numbers[2].value) }
    if numbers[2].digits != 4, order.isYearFirst {
      return order.date(numbers[0], numbers[1].value, numbers[2].value)
    }
    return order.date(lastYear: numbers)
  }
}

/// Which comes first where the year does not tell.
private struct DateOrder {
  let isYearFirst: Bool
  private let isMonthFirst: Bool
  private let isBuddhist: Bool

  private static let yearFirst: Set<String> = ["eu", "hu", "ja", "ko", "lt", "mn", "sv", "zh"]
  /// Also for years that stand last in the languages of East Asia, save Hong Kong.
  private static let monthFirst: Set<String> = [
    "en_ph", "en_us", "es_us", "fil", "ja", "ko", "zh", "zh_cn", "zh_tw", "zh_hans", "zh_hant",
  ]

  init(language: String) {
    let key = languageKey(language)
    let base = String(key.prefix { $0 != "_" })
    isYearFirst = Self.yearFirst.contains(base)
    isMonthFirst = Self.monthFirst.contains(key) || ["ja", "ko"].contains(base)
    isBuddhist = base == "th"
  }

  func date(_ year: DateParts.Number, _ month: Int64, _ day: Int64) -> CivilDate? {
    var full = year.value
    switch year.digits {
    case 2: full += full < 70 ? 2000 : 1900
    case 4: if isBuddhist, (2400...2650).contains(full) { full -= 543 }
    default: return nil
    }
    // Other calendars have other years: 1405 in Iran. An ISO date is read as it stands elsewhere.
    return (1900...2199).contains(full) ? CivilDate(year: full, month: month, day: day) : nil
  }

  /// The other order where that alone is a day: 25.12.2027 in the United States.
  func date(lastYear numbers: [DateParts.Number]) -> CivilDate? {
    let (first, second) = (numbers[0].value, numbers[1].value)
    return isMonthFirst
      ? date(numbers[2], first, second) ?? date(numbers[2], second, first)
      : date(numbers[2], second, first) ?? date(numbers[2], first, second)
  }

  /// 20270501, else 01052027.
  func date(run: Int64) -> CivilDate? {
    let first = DateParts.Number(value: run / 10000, digits: 4)
    let last = DateParts.Number(value: run % 10000, digits: 4)
    return date(first, run % 10000 / 100, run % 100)
      ?? date(lastYear: [
        DateParts.Number(value: run / 1_000_000, digits: 2),
        DateParts.Number(value: run / 10000 % 100, digits: 2), last,
      ])
  }
}

/// The numbers of a text, and the month where it is a word; nil where there is anything else.
private struct DateParts {
  struct Number {
    var value: Int64
    var digits: Int
  }

  private(set) var numbers: [Number] = []
  private(set) var month: Int64?

  init?(_ folded: FoldedText) {
    var word = ""
    var isInNumber = false
    for scalar in folded.text.unicodeScalars {
      if (0x30...0x39).contains(scalar.value) {
        guard take(word) else { return nil }
        word = ""
        if !isInNumber { numbers.append(Number(value: 0, digits: 0)) }
        isInNumber = true
        let last = numbers.count - 1
        numbers[last].digits += 1
        guard numbers[last].digits <= 8 else { return nil }
        numbers[last].value = numbers[last].value * 10 + Int64(scalar.value - 0x30)
        continue
      }
      isInNumber = false
      switch scalar {
      case " ", ".", "/", "-", ",", "\u{60C}", "\u{2010}"..."\u{2015}", "年", "月", "日", "号", "號",
        "년", "월", "일":
        guard take(word) else { return nil }
        word = ""
      default: word.unicodeScalars.append(scalar)
      }
    }
    guard take(word) else { return nil }
  }

  /// False for a word that is none of a date.
  private mutating func take(_ word: String) -> Bool {
    if word.isEmpty || Self.fillers.contains(word) { return true }
    guard month == nil, let found = MonthNames.month(word) else { return false }
    month = found
    return true
  }

  private static let fillers: Set<String> = [
    "st", "nd", "rd", "th", "er", "o", "a", "of", "the", "de", "del", "г", "года",
  ]
}

/// Names of months, and their beginnings of three letters and more where those are one month's in
/// all of these languages.
private enum MonthNames {
  static func month(_ word: String) -> Int64? {
    let isLong = word.unicodeScalars.count >= 3
    var found: Int64?
    for (name, number) in all where name == word || isLong && name.hasPrefix(word) {
      if name == word { return number }
      if let found, found != number { return nil }
      found = number
    }
    return found
  }

  private static let all: [(name: String, month: Int64)] = lines.flatMap { line in
    line.split(separator: " ").enumerated().map { place, name in
      (name: FoldedText(String(name)).text, month: Int64(place + 1))
    }
  }

  private static let lines = [
    "january february march april may june july august september october november december",
    "januari februari maret april mei juni juli agustus september oktober november desember",
    "januari februari mac april mei jun julai ogos september oktober november disember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर",
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
  ]
}
