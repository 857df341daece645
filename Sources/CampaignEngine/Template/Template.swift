import Wire

/// A message that WhatsApp approved: a name with one variant a language. Only such messages may
/// open a conversation (Meta, "Service messages").
package struct Template: WireObject, Equatable {
  package var name = ""
  package var category = TemplateCategory.marketing
  /// All that there ever were: messages refer to them by place and must stay readable, so a variant
  /// whose text changes gets a new place.
  package var variants: [TemplateVariant] = []
  package var createdAt = Timestamp.zero
  package var stops: [TemplateStop] = []
  /// Places of the variants that hold, once any was replaced; before, all do.
  private(set) var current: [Int] = []
  package var isDeleted = false
  /// When WhatsApp last decided on each language, and on the category: older news change nothing.
  package private(set) var statusTimes: [TemplateStatusTime] = []
  package var categoryAt = Timestamp.zero
  /// What WhatsApp last said of single languages, where it did.
  private(set) var categories: [TemplateLanguageCategory] = []
  /// Names of the places of each variant: an index, worked out once.
  private(set) var placeNames: [[String]] = []

  package init() {}

  mutating func indexPlaces() { placeNames = variants.map(\.parameterNames) }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "Name at WhatsApp.")
    try visit.field("category", &category, "Category, which decides the price.")
    try visit.field("variants", &variants, "One a language.")
    try visit.field("created_at", &createdAt, "When it was created.")
    try visit.field("stops", &stops, "Variants that WhatsApp refused.")
    try visit.field("current", &current, "Places of the variants that hold.")
    try visit.field("is_deleted", &isDeleted, "Whether it was deleted.")
    try visit.field("status_times", &statusTimes, "When WhatsApp last decided on a language.")
    try visit.field("category_at", &categoryAt, "When WhatsApp last decided on the category.")
    try visit.field("categories", &categories, "What WhatsApp last said of single languages.")
  }

  /// The variants that hold.
  package var currentVariants: [TemplateVariant] { currentPlaces.map { variants[$0] } }

  private var currentPlaces: [Int] { current.isEmpty ? Array(variants.indices) : current }

  /// Meta never falls back between languages, so we choose: the guest's language, its base
  /// language, then the project's languages in order; never a variant that is not approved. One that
  /// a stop holds is waited for, not passed over: the stop lifts, and the language stays right.
  package func variantIndex(language: String, projectLanguages: [String]) -> Int? {
    for wanted in [language, baseLanguage(of: language)] + projectLanguages where !wanted.isEmpty {
      if let index = place(of: wanted), variants[index].status == .approved || isStopped(index) {
        return index
      }
    }
    return nil
  }

  /// Puts other variants in the place of those that hold. A text that was there before has its old
  /// place again.
  mutating func replaceVariants(by wanted: [TemplateVariant]) {
    current = wanted.map { variant in
      if let place = variants.firstIndex(where: { $0.hasSameText(as: variant) }) {
        variants[place].status = variant.status
        return place
      }
      variants.append(variant)
      return variants.count - 1
    }
    stops.removeAll { stop in
      !wanted.contains { $0.language == stop.language && $0.status.isStop }
    }
    indexPlaces()
  }

  func statusTime(of language: String) -> Timestamp {
    statusTimes.first { $0.language == language }?.at ?? .zero
  }

  mutating func setStatusTime(of language: String, _ time: Timestamp) {
    statusTimes.removeAll { $0.language == language }
    statusTimes.append(TemplateStatusTime(language: language, at: time))
  }

  /// One category for all languages: the dearest, so that no estimate is too low.
  mutating func setCategory(_ new: TemplateCategory, of language: String, at time: Timestamp) {
    for variant in currentVariants
    where !categories.contains(where: { $0.language == variant.language }) {
      categories.append(
        TemplateLanguageCategory(language: variant.language, category: category, at: categoryAt))
    }
    guard let place = categories.firstIndex(where: { isSameLanguage($0.language, language) }),
      time >= categories[place].at
    else { return }
    (categories[place].category, categories[place].at) = (new, time)
    let all = currentVariants.compactMap { variant in
      categories.first { $0.language == variant.language }?.category
    }
    category = TemplateCategory.dearest(of: all) ?? category
  }

  /// An operator or a whole list said so of all languages.
  mutating func setCategory(_ new: TemplateCategory, at time: Timestamp) {
    (category, categoryAt, categories) = (new, time, [])
  }

  /// The variant of a language that holds. Older templates may have two spellings of one language;
  /// then the very same one is meant.
  func place(of language: String) -> Int? {
    place { $0 == language } ?? place { isSameLanguage($0, language) }
  }

  private func place(where isWanted: (String) -> Bool) -> Int? {
    current.isEmpty
      ? variants.firstIndex { isWanted($0.language) }
      : current.first { isWanted(variants[$0].language) }
  }

  func isCurrent(_ place: Int) -> Bool { current.isEmpty || current.contains(place) }
}

package enum TemplateCategory: String, WireEnum {
  case marketing, utility, authentication

  /// The dearest of some; nil where there are none.
  static func dearest(of categories: some Sequence<TemplateCategory>) -> TemplateCategory? {
    let found = Set(categories)
    return allCases.first { found.contains($0) }
  }

  package var price: PriceCategory {
    switch self {
    case .marketing: .marketing
    case .utility: .utility
    case .authentication: .authentication
    }
  }
}

/// Meta's states. Only `approved` can be sent.
package enum TemplateStatus: String, WireEnum {
  case approved, pending, rejected, paused, disabled

  /// WhatsApp took its approval back, and may give it again.
  var isStop: Bool { self == .paused || self == .disabled }
}

package struct TemplateVariant: WireObject, Equatable {
  package var language = ""
  package var status = TemplateStatus.pending
  package var header: TemplateHeader?
  package var body = ""
  package var footer: String?
  package var buttons: [TemplateButton] = []

  /// WhatsApp's bounds.
  package static let bodyLength = 1...1024
  package static let footerLength = 1...60
  package static let mostButtons = 10

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "language", &language, "Language code, exactly as WhatsApp has it.", .pattern(.language))
    try visit.field(
      "status", &status, "Only approved variants are sent; pending if absent.", .defaulted)
    try visit.field("header", &header, "Text or medium above the body.")
    try visit.field(
      "body", &body, "Text with named places: Dear {{guest_name}}.", .length(Self.bodyLength))
    try visit.field("footer", &footer, "Small print.", .length(Self.footerLength))
    try visit.field(
      "buttons", &buttons, "Quick replies, links and calls, in WhatsApp's order.",
      .defaulted.length(0...Self.mostButtons))
  }

  func hasSameText(as other: TemplateVariant) -> Bool {
    language == other.language && header == other.header && body == other.body
      && footer == other.footer && buttons == other.buttons
  }

  /// Why WhatsApp would refuse these values of its places (132005); nil where they fit.
  func fault(of values: [String]) -> MessageError? {
    // Most are short, which bytes tell without filling anything in.
    let most = values.reduce(body.utf8.count) { $0 + $1.utf8.count }
    let links = buttons.filter { $0.linkName != nil }
    guard most > Self.bodyLength.upperBound || header?.text != nil || !links.isEmpty else {
      return nil
    }
    let named = zip(parameterNames, values).map { (name: $0, value: $1) }
    for (what, text, longest) in [
      ("The template's text", body, Self.bodyLength.upperBound),
      ("The template's header", header?.text ?? "", TemplateHeader.textLength.upperBound),
    ] {
      let filled = TemplateText.fill(text, with: named)
      if !filled.isAtMost(scalars: longest) {
        return .tooLong(what, filled.unicodeScalars.count, longest)
      }
    }
    for link in links {
      let filled = TemplateText.fill(link.url ?? "", with: named)
      if filled.contains(where: \.isWhitespace) {
        return MessageError(
          .payload, message: "The link of \"\(link.title)\" has white space in it.")
      }
      let longest = TemplateButton.urlLength.upperBound
      if !filled.isAtMost(scalars: longest) {
        return .tooLong(
          "The link of \"\(link.title)\"", filled.unicodeScalars.count, longest)
      }
    }
    return nil
  }

  /// The medium that each send of it has to name; nil where it has none.
  package var medium: HeaderType? { header.flatMap { $0.type == .text ? nil : $0.type } }

  package var quickReplies: [TemplateButton] { buttons.filter(\.isQuickReply) }

  /// Those whose answers come back, in order.
  package var answeringButtons: [TemplateButton] { buttons.filter(\.answers) }

  /// Names of the places at the ends of links, in order.
  package var linkNames: [String] { buttons.compactMap(\.linkName) }

  /// Names of the places in header, body and links, in order, each once.
  package var parameterNames: [String] {
    var names: [String] = []
    for name in TemplateText.placeNames(in: header?.text ?? "") + TemplateText.placeNames(in: body)
      + linkNames
    where !names.contains(name) { names.append(name) }
    return names
  }
}

package struct TemplateHeader: WireObject, Equatable {
  package var type = HeaderType.text
  package var text: String?

  package static let textLength = 1...60

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("type", &type, "What stands above the body.")
    try visit.field("text", &text, "For a text header.", .length(Self.textLength))
  }
}

package enum HeaderType: String, WireEnum {
  case text, image, video, document
}
