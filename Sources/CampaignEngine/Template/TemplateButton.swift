import Wire

/// A quick reply, or a button that opens a page or calls a number: the tap of the first comes back.
package struct TemplateButton: WireObject, Equatable {
  package var handle = ""
  package var title = ""
  /// The address of a page, or the beginning of one that ends with a place.
  package var url: String?
  package var phone: Phone?
  /// WhatsApp's id of the form that it opens.
  package var flow: String?

  /// WhatsApp's bounds.
  package static let titleLength = 1...25
  package static let urlLength = 1...2000

  package init() {}

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "handle", &handle, "Its name; of a quick reply, the way out that a tap takes.",
      .pattern(.handle))
    try visit.field("title", &title, "What the guest reads.", .length(Self.titleLength))
    try visit.field(
      "url", &url,
      "Of a button that opens a page; may end with a place: https://a.example/{{link}}.",
      .omittable.length(Self.urlLength))
    try visit.field("phone", &phone, "Of a button that calls: the number.", .omittable)
    try visit.field(
      "flow_id", &flow,
      "Of a button that opens a form inside WhatsApp: the id of the flow.",
      .omittable.length(1...64))
  }

  package var isQuickReply: Bool { url == nil && phone == nil && flow == nil }
  package var isFlow: Bool { flow != nil }
  /// What its tap, or what was filled in, brings back is ours.
  package var answers: Bool { isQuickReply || isFlow }

  /// Name of the place at the end of its link.
  package var linkName: String? { url.flatMap { TemplateText.placeNames(in: $0).first } }

  /// What one button cannot say about the whole of a variant.
  static func check(_ variant: TemplateVariant, path: String) throws(Rejection) {
    let texts = TemplateText.placeNames(in: (variant.header?.text ?? "") + variant.body)
    var taken = Set(texts)
    for (place, button) in variant.buttons.enumerated() {
      let path = "\(path).buttons[\(place)]"
      if [button.url != nil, button.phone != nil, button.flow != nil].count(where: { $0 }) > 1 {
        throw .invalidParams(
          field: "\(path).\(button.phone == nil ? "flow_id" : "phone")", reason: "one_of",
          "expected one of url, phone and flow_id")
      }
      guard let url = button.url else { continue }
      guard Self.isLink(url) else {
        throw .invalidParams(
          field: "\(path).url", reason: "link",
          "expected a web address, with at most one place and that at its end")
      }
      guard let name = button.linkName else { continue }
      guard taken.insert(name).inserted else {
        throw .invalidParams(
          field: "\(path).url", reason: "shared_place",
          "expected a place of its own: a link takes another value than the text and other links")
      }
    }
  }

  private static func isLink(_ url: String) -> Bool {
    let places = TemplateText.placeNames(in: url)
    let isWeb = url.hasPrefix("https://") || url.hasPrefix("http://")
    return isWeb && !url.contains(where: \.isWhitespace)
      && (places.isEmpty || places.count == 1 && url.hasSuffix("}}"))
  }
}
