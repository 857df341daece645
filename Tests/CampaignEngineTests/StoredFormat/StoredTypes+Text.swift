/// The listing that stands in the repository:
///
///     event 30 guest_created GuestCreated
///     block 22 guest [Guest]
///     object Guest
///       name String
///     enumeration RSVP
///       pending
extension StoredTypes {
  var text: String {
    var lines = roots.map { "\($0.kind.rawValue) \($0.number) \($0.name) \($0.shape.text)" }
    for (name, fields) in objects.sorted(by: { $0.key < $1.key }) {
      lines.append("object \(name)")
      lines += fields.map { "  \($0.name) \($0.shape.text)" }
    }
    for (name, words) in enumerations.sorted(by: { $0.key < $1.key }) {
      lines.append("enumeration \(name)")
      lines += words.map { "  \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  struct Unreadable: Error { var line: String }

  init(text: String) throws {
    var open: (isObject: Bool, name: String)?
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      switch (line.first, words.count, open) {
      case (" ", 2, (true, let name)?):
        objects[name, default: []].append(Field(name: words[0], shape: try StoredShape(words[1])))
      case (" ", 1, (false, let name)?): enumerations[name, default: []].append(words[0])
      case ("o", 2, _):
        open = (true, words[1])
        objects[words[1]] = []
      case ("e", 2, _):
        open = (false, words[1])
        enumerations[words[1]] = []
      case (_, 4, _):
        guard let kind = Root.Kind(rawValue: words[0]), let number = Int(words[1]) else {
          throw Unreadable(line: String(line))
        }
        roots.append(
          Root(kind: kind, number: number, name: words[2], shape: try StoredShape(words[3])))
      default: throw Unreadable(line: String(line))
      }
    }
  }
}

extension StoredShape {
  var text: String {
    switch self {
    case .leaf(let name): name
    case .enumeration(let name): "enumeration<\(name)>"
    case .object(let name): "object<\(name)>"
    case .list(let content): "list<\(content.text)>"
    case .optional(let content): "optional<\(content.text)>"
    case .map(let content): "map<\(content.text)>"
    case .patch(let content): "patch<\(content.text)>"
    case .union(let tag): "union<\(tag)>"
    case .extras: "extras"
    }
  }

  init(_ text: String) throws {
    guard let opening = text.firstIndex(of: "<") else {
      self = text == "extras" ? .extras : .leaf(text)
      return
    }
    guard text.last == ">" else { throw StoredTypes.Unreadable(line: text) }
    let content = String(text[text.index(after: opening)...].dropLast())
    switch text[..<opening] {
    case "enumeration": self = .enumeration(content)
    case "object": self = .object(content)
    case "list": self = .list(try StoredShape(content))
    case "optional": self = .optional(try StoredShape(content))
    case "map": self = .map(try StoredShape(content))
    case "patch": self = .patch(try StoredShape(content))
    case "union": self = .union(content)
    default: throw StoredTypes.Unreadable(line: text)
    }
  }
}
