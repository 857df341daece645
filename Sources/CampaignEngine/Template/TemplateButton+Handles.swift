extension TemplateButton {
  /// Buttons of one language with their handles. Chatflows name handles in order, so a button keeps
  /// the one it had: first by its title, then by its place, in its own language before the others.
  /// Only a button without a past is named after its title.
  static func buttons(
    _ titles: [String], in language: String, like variants: [TemplateVariant]
  ) -> [TemplateButton] {
    var handles = [String?](repeating: nil, count: titles.count)
    func take(_ button: TemplateButton?, at place: Int) {
      guard handles[place] == nil, let button, !handles.contains(button.handle) else { return }
      handles[place] = button.handle
    }
    let own = variants.filter { $0.language == language }
    for variants in [own, variants.filter { $0.language != language }] {
      for variant in variants {
        for place in titles.indices {
          take(variant.buttons.first { $0.title == titles[place] }, at: place)
        }
      }
      for variant in variants {
        for place in titles.indices.clamped(to: variant.buttons.indices) {
          take(variant.buttons[place], at: place)
        }
      }
    }
    for place in titles.indices where handles[place] == nil {
      handles[place] = handle(for: titles[place], at: place, besides: handles)
    }
    return zip(titles, handles).map { title, handle in
      var button = TemplateButton()
      (button.handle, button.title) = (handle ?? "", title)
      return button
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
