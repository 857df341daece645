import Wire

/// Types that between them use every kind of schema.
enum Answer: String, WireEnum { case pending, attending, declined }

enum Order: String, WireEnum { case newest, oldest }

struct Moment: WireText {
  static let documentation = "A moment."
  static let example = "2026-11-22T09:30:00Z"
  var wireText = "2026-11-22T09:30:12.408Z"
  init() {}
  init?(wireText: String) {
    guard wireText.hasSuffix("Z") else { return nil }
    self.wireText = wireText
  }
  static let expected = "a time such as 2026-11-22T09:30:12.408Z"
  static let format: String? = "date-time"
  static let expression: String? = "Z$"
}

extension Pattern {
  static let slug = Pattern(
    name: "slug", expected: "a-z", expression: "^[a-z]+$",
    matches: { !$0.isEmpty && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) } })
}

struct Place: WireObject {
  var x: Int32 = 0
  var note: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("x", &x, "To the right.")
    try visit.field("note", &note, "For the host.")
  }
}

struct Tree: WireObject {
  var value = 0
  var children: [Tree] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("value", &value, "")
    try visit.field("children", &children, "")
  }
}

enum Step: WireUnion {
  enum Tag: String, WireEnum { case delay, sendText = "send_text", end }

  case delay(hours: Int)
  case sendText(text: String, place: Place?)
  case end

  var tag: Tag {
    switch self {
    case .delay: .delay
    case .sendText: .sendText
    case .end: .end
    }
  }

  init(tag: Tag) {
    switch tag {
    case .delay: self = .delay(hours: 0)
    case .sendText: self = .sendText(text: "", place: nil)
    case .end: self = .end
    }
  }

  mutating func caseFields(_ visit: inout some FieldVisitor) throws(WireError) {
    switch self {
    case .delay(var hours):
      try visit.field("hours", &hours, "How long.", .range(1...1000))
      self = .delay(hours: hours)
    case .sendText(var text, var place):
      try visit.field("text", &text, "What is said.")
      try visit.field("place", &place, "Where.")
      self = .sendText(text: text, place: place)
    case .end: break
    }
  }
}

/// Tagged inside.
struct Action: WireObject {
  var id = ""
  var step = Step.end

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Name of the action.")
    try visit.union("type", &step, "What it does.")
  }
}

/// Tagged beside, and open.
struct Node: WireObject {
  var id = ""
  var step = Step.end
  var stepExtras = WireExtras()
  var extras = WireExtras()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Name of the node.")
    try visit.union("type", content: "data", &step, extras: &stepExtras, "What it does.")
    try visit.extras(&extras)
  }
}

/// An open object without a union.
struct Edge: WireObject {
  var source = ""
  var extras = WireExtras()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("source", &source, "Node that it leaves.")
    try visit.extras(&extras)
  }
}

/// Only ever answered.
struct Guest: WireObject {
  var id = ""
  var note: String?
  var answer = Answer.pending
  var seats = 1
  var name = Patch<String>.keep

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier of the guest.")
    try visit.field("note", &note, "For the host.")
    try visit.field("answer", &answer, "What the guest said.")
    try visit.field("seats", &seats, "How many come.", .defaulted)
    try visit.field("name", &name, "Set where it was changed.")
  }
}

struct Page<Item: WireObject>: WireObject {
  var items: [Item] = []
  var nextCursor: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("items", &items, "In order.")
    try visit.field("next_cursor", &nextCursor, "Where to go on.", .omittable)
  }
}
