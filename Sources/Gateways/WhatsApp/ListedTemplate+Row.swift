import CampaignEngine
import Wire

extension ListedTemplate {
  /// The same in our terms, or why we cannot hold it.
  package var row: TemplateRow {
    do throws(RowFault) {
      return TemplateRow(name: name, language: language, content: .success(try content()))
    } catch {
      return TemplateRow(name: name, language: language, content: .failure(error))
    }
  }

  private func content() throws(RowFault) -> TemplateRow.Content {
    guard Pattern.templateName.matches(name) else {
      throw RowFault("name", "bad_format", expected: Pattern.templateName.expected)
    }
    guard Pattern.language.matches(language) else {
      throw RowFault("language", "bad_format", expected: Pattern.language.expected)
    }
    guard let category = TemplateCategory(rawValue: category.lowercased()) else {
      let known = TemplateCategory.allCases.map { $0.rawValue.uppercased() }
      throw RowFault(
        "category", "not_one_of", expected: "one of \(known.joined(separator: ", "))",
        found: self.category)
    }
    var variant = TemplateVariant()
    variant.language = language
    guard let status = TemplateStatus(whatsApp: status) else {
      throw RowFault(
        "status", "not_one_of", expected: "a status of WhatsApp's such as APPROVED", found: status)
    }
    variant.status = status
    var hasBody = false
    var headerPath = ""
    for (index, component) in components.enumerated() {
      let path = "components[\(index)]"
      switch component.type.uppercased() {
      case "HEADER":
        variant.header = try component.header(path)
        headerPath = "\(path).text"
      case "BODY":
        variant.body = try component.text(TemplateVariant.bodyLength, path)
        hasBody = true
      case "FOOTER": variant.footer = try component.text(TemplateVariant.footerLength, path)
      case "BUTTONS": variant.buttons = try component.templateButtons(path)
      default:
        throw RowFault(
          "\(path).type", "unsupported", expected: "one of HEADER, BODY, FOOTER, BUTTONS",
          found: component.type)
      }
    }
    guard hasBody else { throw RowFault("components", "required", expected: "a BODY") }
    try variant.partPlaces(headerPath: headerPath)
    variant.nameLinks()
    return TemplateRow.Content(category: category, variant: variant)
  }
}

extension ListedComponent {
  fileprivate func header(_ path: String) throws(RowFault) -> TemplateHeader {
    var header = TemplateHeader()
    switch (format ?? "TEXT").uppercased() {
    case "TEXT":
      header.text = try text(TemplateHeader.textLength, path)
    case "IMAGE": header.type = .image
    case "VIDEO": header.type = .video
    case "DOCUMENT": header.type = .document
    case let other:
      throw RowFault(
        "\(path).format", "unsupported", expected: "one of TEXT, IMAGE, VIDEO, DOCUMENT",
        found: other)
    }
    return header
  }

  fileprivate func text(
    _ length: ClosedRange<Int>, _ path: String
  ) throws(RowFault) -> String {
    try RowFault.check(text, length, "\(path).text")
  }

  fileprivate func templateButtons(_ path: String) throws(RowFault) -> [TemplateButton] {
    let listed = buttons ?? []
    guard listed.count <= TemplateVariant.mostButtons else {
      throw RowFault(
        "\(path).buttons", "too_many",
        expected: "at most \(TemplateVariant.mostButtons) elements")
    }
    var kept: [TemplateButton] = []
    for (index, button) in listed.enumerated() {
      kept.append(try button.templateButton("\(path).buttons[\(index)]"))
    }
    return kept
  }
}

extension ListedButton {
  /// Others need something at each send that a chatflow cannot say, such as a code to copy.
  fileprivate func templateButton(_ path: String) throws(RowFault) -> TemplateButton {
    var kept = TemplateButton()
    switch type.uppercased() {
    case "QUICK_REPLY": break
    case "URL": kept.url = try RowFault.check(url, TemplateButton.urlLength, "\(path).url")
    case "PHONE_NUMBER":
      guard let phone = phone.flatMap(Phone.init(complete:)) else {
        throw RowFault(
          "\(path).phone_number", "bad_format", expected: "a number with its calling code")
      }
      kept.phone = phone
    case "FLOW": kept.flow = try RowFault.check(flow?.text, 1...64, "\(path).flow_id")
    default:
      throw RowFault(
        "\(path).type", "unsupported", expected: "one of QUICK_REPLY, URL, PHONE_NUMBER, FLOW",
        found: type)
    }
    kept.title = try RowFault.check(text, TemplateButton.titleLength, "\(path).text")
    return kept
  }
}

extension TemplateVariant {
  /// Header and body of a positional template each count from {{1}}, and here a name means one value:
  /// the header's place is called {{h}} where the body has a {{1}} too. WhatsApp allows no second, and
  /// a longer name could make the header longer than it may be.
  fileprivate mutating func partPlaces(headerPath: String) throws(RowFault) {
    guard let text = header?.text else { return }
    let ofBody = TemplateText.placeNames(in: body)
    let shared = TemplateText.placeNames(in: text).filter { name in
      ofBody.contains(name) && name.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
    guard !shared.isEmpty else { return }
    let names = shared.enumerated().map { index, name in
      (name: name, value: index == 0 ? "{{h}}" : "{{h\(index + 1)}}")
    }
    let parted = TemplateText.fill(text, with: names)
    header?.text = try RowFault.check(parted, TemplateHeader.textLength, headerPath)
  }

  /// Each link counts from {{1}} again, whatever the body counts: its place is called {{link}}.
  fileprivate mutating func nameLinks() {
    var taken = Set(TemplateText.placeNames(in: (header?.text ?? "") + body))
    for index in buttons.indices {
      guard let url = buttons[index].url, let place = buttons[index].linkName else { continue }
      var (name, number) = ("link", 1)
      while !taken.insert(name).inserted {
        number += 1
        name = "link_\(number)"
      }
      buttons[index].url = TemplateText.fill(url, with: [(name: place, value: "{{\(name)}}")])
    }
  }
}

extension RowFault {
  /// - Parameter found: a word of WhatsApp's, which is cut.
  fileprivate init(_ field: String, _ reason: String, expected: String, found: String? = nil) {
    let found = found.map { "; found \"\(String($0.unicodeScalars.prefix(32)))\"" } ?? ""
    self.init(field: field, reason: reason, message: "expected \(expected)\(found)")
  }

  /// Counts as WhatsApp does and the field lists do.
  fileprivate static func check(
    _ text: String?, _ length: ClosedRange<Int>, _ field: String
  ) throws(RowFault) -> String {
    guard let text, !text.isEmpty else {
      throw RowFault(field, "required", expected: "a text")
    }
    let count = text.unicodeScalars.count
    guard length.contains(count) else {
      throw RowFault(
        field: field, reason: "too_long",
        message: "expected at most \(length.upperBound) characters; found \(count)")
    }
    return text
  }
}
