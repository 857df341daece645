import Wire

/// Types that between them use every feature of a field list.
enum Answer: String, WireEnum { case pending, attending, declined, maybe }

struct Handle: WireText, Equatable {
  var wireText: String
  init?(wireText: String) {
    // By bytes: a combining mark behind the prefix would change what `hasPrefix` sees.
    guard wireText.utf8.starts(with: "h_".utf8) else { return nil }
    self.wireText = wireText
  }
  init(_ name: String) { wireText = "h_" + name }
  static let expected = "a handle such as h_yes"
  static let format: String? = "handle"
  static let documentation = "Names a way out."
  static let example = "h_yes"
}

extension Pattern {
  static let slug = Pattern(
    name: "slug", expected: "1 to 8 of a-z", expression: "^[a-z]{1,8}$",
    matches: {
      (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy { (0x61...0x7A).contains($0) }
    })
}

struct Place: WireObject, Equatable {
  var x: Int32 = 0
  var y: Int32 = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("x", &x, "To the right.")
    try visit.field("y", &y, "Downwards.")
  }
}

struct Guest: WireObject, Equatable {
  var id = ""
  var name = ""
  var partySize = 1
  var isVIP = false
  var answer = Answer.pending
  var note: String?
  var limit = 50
  var tags: [String] = []
  var texts = WireMap<String>()
  var place = Place()
  var handle: Handle?
  var cursor: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier of the guest.")
    try visit.field("name", &name, "Name as it is greeted.", .length(1...10))
    try visit.field("party_size", &partySize, "How many are invited.", .range(1...20))
    try visit.field("is_vip", &isVIP, "Greeted first.")
    try visit.field("answer", &answer, "What the guest said.")
    try visit.field("note", &note, "For the host.")
    try visit.field("limit", &limit, "Page size.", .defaulted.range(1...500))
    try visit.field("tags", &tags, "Groups.", .length(0...3).pattern(.slug))
    try visit.field("texts", &texts, "By language.", .defaulted)
    try visit.field("place", &place, "At the table.", .defaulted)
    try visit.field("handle", &handle, "Chosen button.")
    try visit.field("next_cursor", &cursor, "Where to go on.", .omittable)
  }
}

struct Update: WireObject, Equatable {
  var name = Patch<String>.keep
  var size = Patch<Int>.keep

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("name", &name, "New name.", .length(1...5))
    try visit.field("size", &size, "New size.")
  }
}

enum Step: WireUnion, Equatable {
  enum Tag: String, WireEnum { case delay, send, end }

  struct Send: Equatable {
    var template = ""
    var place: Place?
  }

  case delay(hours: Int)
  case send(Send)
  case end

  init(tag: Tag) {
    switch tag {
    case .delay: self = .delay(hours: 0)
    case .send: self = .send(Send())
    case .end: self = .end
    }
  }

  var tag: Tag {
    switch self {
    case .delay: .delay
    case .send: .send
    case .end: .end
    }
  }

  mutating func caseFields(_ visit: inout some FieldVisitor) throws(WireError) {
    switch self {
    case .delay(var hours):
      try visit.field("hours", &hours, "How long.", .range(1...1000))
      self = .delay(hours: hours)
    case .send(var send):
      try visit.field("template", &send.template, "What is sent.")
      try visit.field("place", &send.place, "Where.")
      self = .send(send)
    case .end: break
    }
  }
}

/// Tagged inside.
struct Action: WireObject, Equatable {
  var id = ""
  var step = Step.end
  var note: String?

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.union("type", &step, "What it does.")
    try visit.field("note", &note, "Remark.")
  }
}

/// Tagged beside, and keeps what it does not know.
struct Node: WireObject, Equatable {
  var id = ""
  var step = Step.end
  var stepExtras = WireExtras()
  var extras = WireExtras()

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("id", &id, "Identifier.")
    try visit.union("type", content: "data", &step, extras: &stepExtras, "What it does.")
    try visit.extras(&extras)
  }
}

/// Holds itself.
struct Tree: WireObject, Equatable {
  var value = 0
  var children: [Tree] = []

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("value", &value, "Own.")
    try visit.field("children", &children, "Below.", .defaulted)
  }
}

/// Checks its fields against each other.
struct Span: WireObject, Equatable {
  var from = 0
  var to = 0

  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("from", &from, "First.")
    try visit.field("to", &to, "Last.")
    if to < from {
      throw WireError(
        path: "to", reason: "out_of_range", message: "expected at least \(from); found \(to)")
    }
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func text(_ value: some WireValue) -> String { String(decoding: JSON.encode(value), as: UTF8.self) }

func read<Value: WireValue>(_ type: Value.Type, _ text: String, root: String = "") throws(WireError)
  -> Value
{
  try JSON.decode(type, from: bytes(text), root: root)
}

/// The error that reading a text gives; nil if there is none.
func failure<Value: WireValue>(_ type: Value.Type, _ text: String, root: String = "") -> WireError?
{
  do throws(WireError) {
    _ = try read(type, text, root: root)
    return nil
  } catch {
    return error
  }
}

let fullGuest =
  #"{"id":"gst_1","name":"Meera","party_size":2,"is_vip":true,"answer":"maybe","note":"n","limit":9,"tags":["bride"],"texts":{"*":"Hi","id":"Hai"},"place":{"x":1,"y":-2},"handle":"h_yes","next_cursor":"c"}"#
