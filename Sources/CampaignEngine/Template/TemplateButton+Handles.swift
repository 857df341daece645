/// What the buttons of a template are called. Chatflows name handles in order, so a button keeps the
/// one it had: first by its title, then by its place, in its own language before the others. Only a
/// button without a past is named after its title. Places are those among the quick replies: a link
/// before them moves none.
struct ButtonHandles {
  private struct Known {
    /// Number of the variant that has it.
    let order: Int
    let handle: String
  }

  /// Indexes, so that a language costs the same however many there are.
  private var byTitle: [String: [Known]] = [:]
  private var byPlace: [[Known]] = []
  private var count = 0

  /// A button of any language that is known.
  mutating func add(_ variant: TemplateVariant) {
    for button in variant.buttons {
      Self.note(
        Known(order: count, handle: button.handle), in: &byTitle[button.title, default: []])
    }
    for (place, button) in variant.quickReplies.enumerated() {
      if place == byPlace.count { byPlace.append([]) }
      Self.note(Known(order: count, handle: button.handle), in: &byPlace[place])
    }
    count += 1
  }

  /// No variant has more buttons, so one of so many handles is always free.
  private static func note(_ new: Known, in known: inout [Known]) {
    guard known.count < TemplateVariant.mostButtons,
      !known.contains(where: { $0.handle == new.handle })
    else { return }
    known.append(new)
  }

  /// The buttons with their handles.
  /// - Parameter own: the variant of this language until now.
  func named(_ buttons: [TemplateButton], like own: TemplateVariant?) -> [TemplateButton] {
    let titles = buttons.map(\.title)
    let replies = buttons.indices.filter { buttons[$0].isQuickReply }
    var handles = [String?](repeating: nil, count: titles.count)
    let past = own?.buttons ?? []
    for place in titles.indices {
      Self.take(past.first { $0.title == titles[place] }?.handle, at: place, &handles)
    }
    for (place, reply) in zip(replies, own?.quickReplies ?? []) {
      Self.take(reply.handle, at: place, &handles)
    }
    Self.take(titles.map { byTitle[$0] ?? [] }, &handles)
    var known = [[Known]](repeating: [], count: titles.count)
    for (place, ofPlace) in zip(replies, byPlace) { known[place] = ofPlace }
    Self.take(known, &handles)
    for place in titles.indices where handles[place] == nil {
      handles[place] = Self.handle(for: titles[place], at: place, besides: handles)
    }
    return zip(buttons, handles).map { button, handle in
      var button = button
      button.handle = handle ?? ""
      return button
    }
  }

  private static func take(_ handle: String?, at place: Int, _ handles: inout [String?]) {
    guard handles[place] == nil, let handle, !handles.contains(handle) else { return }
    handles[place] = handle
  }

  /// The oldest variant first.
  private static func take(_ known: [[Known]], _ handles: inout [String?]) {
    guard handles.contains(nil) else { return }
    let choices = known.enumerated().flatMap { place, known in known.map { (place, $0) } }
    for (place, known) in choices.sorted(by: { ($0.1.order, $0.0) < ($1.1.order, $1.0) }) {
      take(known.handle, at: place, &handles)
    }
  }

  private static func handle(for title: String, at place: Int, besides taken: [String?]) -> String {
    let words = FoldedText(title).words
      .map { String(decoding: $0.utf8.filter { $0 < 0x80 }, as: UTF8.self) }
    let name = words.filter { !$0.isEmpty }.joined(separator: "_")
    let wanted = name.isEmpty ? "button_\(place + 1)" : String(name.prefix(48))
    var handle = wanted
    var number = 2
    while taken.contains(handle) {
      handle = "\(wanted)_\(number)"
      number += 1
    }
    return handle
  }
}
