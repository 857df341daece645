import JSONRPC
import Wire

actor Desk {}

protocol DeskMethod: Method where Context == Desk {}

/// Takes a value of every kind.
struct PlaceEverything: DeskMethod {
  static let name = "sample.place"
  static let summary = "Takes a value of every kind."
  static let details = "And gives one of them back."
  static let errors = [
    ErrorDescription(code: 1001, message: "not found"),
    ErrorDescription(code: -32603, message: "broken"),
  ]
  static let examples = [
    MethodExample(name: "required", params: required, result: #"{"x": 1, "note": null}"#),
    MethodExample(name: "all", params: all, result: #"{"x": 1, "note": "by the door"}"#),
  ]

  struct Params: WireObject {
    var id = ""
    var size = 0
    var isVIP = false
    var answer = Answer.pending
    var moment = Moment()
    var tags: [String] = []
    var scores = WireMap<Int>()
    var rows: [[Int]] = []
    var place = Place()
    var tree = Tree()
    var actions: [Action] = []
    var node = Node()
    var edge = Edge()
    var payload = RawJSON.null
    var note: String?
    var reply: Answer?
    var spot: Place?
    var anything: RawJSON?
    var limit = 50
    var order = Order.newest
    var corner = Place()
    var texts = WireMap<String>()
    var count: UInt64?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("id", &id, "Identifier.", .length(1...10))
      try visit.field("size", &size, "How many.", .range(1...20))
      try visit.field("is_vip", &isVIP, "Greeted first.")
      try visit.field("answer", &answer, "What the guest said.")
      try visit.field("moment", &moment, "When.")
      try visit.field("tags", &tags, "Groups.", .length(1...3).pattern(.slug))
      try visit.field("scores", &scores, "By name.")
      try visit.field("rows", &rows, "")
      try visit.field("place", &place, "At the table.")
      try visit.field("tree", &tree, "All of them.")
      try visit.field("actions", &actions, "In order.")
      try visit.field("node", &node, "The first one.")
      try visit.field("edge", &edge, "The way there.")
      try visit.field("payload", &payload, "Kept as it is.")
      try visit.field("note", &note, "For the host.", .length(0...5))
      try visit.field("reply", &reply, "The last one.")
      try visit.field("spot", &spot, "Where it was.")
      try visit.field("anything", &anything, "Kept as it is.")
      try visit.field("limit", &limit, "Page size.", .defaulted.range(1...500))
      try visit.field("order", &order, "Which come first.", .defaulted)
      try visit.field("corner", &corner, "Where it begins.", .defaulted)
      try visit.field("texts", &texts, "By language.", .defaulted)
      try visit.field("count", &count, "Of all.")
    }
  }

  static let required = """
    {"id": "a", "size": 2, "is_vip": true, "answer": "declined", "moment": "2026-11-22T09:30:12Z",
     "tags": ["bride"], "scores": {"one": 1}, "rows": [[1, 2], []], "place": {"x": 1, "note": "é"},
     "tree": {"value": 1, "children": [{"value": 2, "children": []}]},
     "actions": [{"id": "x", "type": "delay", "hours": 3}, {"id": "y", "type": "end"},
                 {"id": "z", "type": "send_text", "text": "Hi", "place": null}],
     "node": {"id": "n", "type": "end", "position": {"x": 1.5}}, "edge": {"source": "n"},
     "payload": {"any": [null, 1e400]}}
    """

  static let all = """
    \(required.dropLast()), "note": "é✓", "reply": null, "spot": {"x": 2}, "anything": [], "limit": 3,
     "order": "oldest", "corner": {"x": 4}, "texts": {"*": "Hello"}, "count": 12}
    """

  typealias Output = Place
  static func run(_ params: Params, in context: isolated Desk) -> Output { params.place }
}

struct UpdateGuest: DeskMethod {
  static let name = "guest.update"
  static let summary = "Changes a guest."
  static let examples = [
    MethodExample(
      name: "clear", params: #"{"guest_id": "g", "note": null}"#,
      result: #"{"id": "g", "note": null, "answer": "pending", "seats": 1}"#)
  ]

  struct Params: WireObject {
    var guestID = ""
    var note = Patch<String>.keep

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("guest_id", &guestID, "Whom.")
      try visit.field("note", &note, "For the host.", .length(1...5))
    }
  }

  typealias Output = Guest
  static func run(_ params: Params, in context: isolated Desk) -> Output { Guest() }
}

struct ListGuests: DeskMethod {
  static let name = "guest.list"
  static let summary = "Returns guests by pages."
  static let isMutating = false
  static let examples = [
    MethodExample(
      name: "last page", params: "{}",
      result: #"{"items": [{"id": "g", "note": null, "answer": "pending", "seats": 1}]}"#)
  ]

  struct Params: WireObject {
    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
  }

  typealias Output = Page<Guest>
  static func run(_ params: Params, in context: isolated Desk) -> Output { Page() }
}

let sampleRegistry = MethodRegistry<Desk>([
  .method(PlaceEverything.self), .method(UpdateGuest.self), .method(ListGuests.self),
])
