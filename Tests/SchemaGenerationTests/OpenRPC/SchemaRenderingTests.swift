import Testing
import Wire

import SchemaGeneration

struct SchemaRenderingTests {
  private let sample: SampleDocument

  init() throws {
    sample = try SampleDocument()
  }

  @Test(arguments: [
    ("id", #"{"type": "string", "minLength": 1, "maxLength": 10}"#),
    ("size", #"{"type": "integer", "minimum": 1, "maximum": 20}"#),
    ("is_vip", #"{"type": "boolean"}"#),
    ("answer", ##"{"$ref": "#/components/schemas/Answer"}"##),
    ("moment", ##"{"$ref": "#/components/schemas/Moment"}"##),
    (
      "tags",
      #"""
      {"type": "array", "items": {"type": "string", "pattern": "^[a-z]+$"},
       "minItems": 1, "maxItems": 3}
      """#
    ),
    ("scores", #"{"type": "object", "additionalProperties": {"type": "integer"}}"#),
    (
      "rows",
      #"{"type": "array", "items": {"type": "array", "items": {"type": "integer"}}}"#
    ),
    ("place", ##"{"$ref": "#/components/schemas/Place"}"##),
    ("actions", ##"{"type": "array", "items": {"$ref": "#/components/schemas/Action"}}"##),
    ("payload", ##"{"$ref": "#/components/schemas/AnyValue"}"##),
    ("note", #"{"type": ["string", "null"], "maxLength": 5}"#),
    (
      "reply",
      ##"""
      {"title": "NullableAnswer",
       "oneOf": [{"$ref": "#/components/schemas/Answer"}, {"type": "null"}]}
      """##
    ),
    (
      "spot",
      ##"""
      {"title": "NullablePlace",
       "oneOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}
      """##
    ),
    ("anything", ##"{"$ref": "#/components/schemas/AnyValue"}"##),
    ("limit", #"{"type": "integer", "minimum": 1, "maximum": 500, "default": 50}"#),
    ("order", ##"{"allOf": [{"$ref": "#/components/schemas/Order"}], "default": "newest"}"##),
    (
      "corner",
      ##"""
      {"allOf": [{"$ref": "#/components/schemas/Place"}], "default": {"x": 0, "note": null}}
      """##
    ),
    ("texts", #"{"type": "object", "additionalProperties": {"type": "string"}, "default": {}}"#),
    ("count", #"{"type": ["integer", "null"], "minimum": 0}"#),
  ])
  func `a field is described by its type and its rule`(name: String, schema: String) throws {
    let param = try #require(sample.param(name))
    #expect(try param["schema"] == JSONValue(schema))
  }

  @Test
  func `a param says what it means and whether it must be there`() throws {
    #expect(sample.param("id")?["description"] == .string("Identifier."))
    #expect(sample.param("id")?["required"] == .bool(true))
    #expect(sample.param("limit")?["required"] == .bool(false))
    #expect(sample.param("rows")?["description"] == nil)
    let note = sample.param("note", of: "guest.update")
    #expect(note?["required"] == .bool(false))
    #expect(
      note?["description"]
        == .string("For the host. Absent keeps what is stored, null clears it."))
  }

  @Test(arguments: [
    (
      "Answer",
      #"""
      {"title": "Answer", "description": "What the guest said.", "type": "string",
       "x-known-values": ["pending", "attending", "declined"], "x-closed-in-params": true}
      """#
    ),
    (
      "Order",
      #"{"title": "Order", "description": "Which come first.", "type": "string", "enum": ["newest", "oldest"]}"#
    ),
    (
      "Moment",
      #"""
      {"title": "Moment", "description": "A moment.", "type": "string", "pattern": "Z$",
       "format": "date-time", "examples": ["2026-11-22T09:30:00Z"]}
      """#
    ),
    (
      "AnyValue",
      #"""
      {"title": "AnyValue", "description": "Any JSON value.",
       "type": ["null", "boolean", "number", "string", "array", "object"]}
      """#
    ),
    (
      "Place",
      #"""
      {"title": "Place", "description": "At the table.", "type": "object", "required": ["x"], "x-closed-in-params": true,
       "properties": {
         "x": {"description": "To the right.", "type": "integer",
               "minimum": -2147483648, "maximum": 2147483647},
         "note": {"description": "For the host.", "type": ["string", "null"]}}}
      """#
    ),
    (
      "Tree",
      ##"""
      {"title": "Tree", "description": "All of them.", "type": "object", "required": ["value", "children"],
       "additionalProperties": false, "properties": {
         "value": {"type": "integer"},
         "children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}}
      """##
    ),
    (
      "Edge",
      ##"""
      {"title": "Edge", "description": "The way there.", "type": "object", "required": ["source"],
       "properties": {"source": {"description": "Node that it leaves.", "type": "string"}},
       "additionalProperties": {"$ref": "#/components/schemas/AnyValue"}}
      """##
    ),
  ])
  func `what has a name is described under it`(name: String, schema: String) throws {
    #expect(try sample.component(name) == JSONValue(schema))
  }

  @Test
  func `an answer has all its fields but the omittable ones`() throws {
    #expect(
      try sample.component("Guest")?["required"]
        == JSONValue(#"["id", "note", "answer", "seats"]"#))
    #expect(
      try sample.component("Guest")?["properties"]?["seats"]
        == JSONValue(#"{"description": "How many come.", "type": "integer"}"#))
    #expect(try sample.component("PageOfGuest")?["required"] == JSONValue(#"["items"]"#))
  }

  @Test
  func `a union tagged inside is one of its cases, each closed`() throws {
    let action = sample.component("Action")
    #expect(action?["oneOf"]?.elements.count == 3)
    #expect(
      try action?["oneOf"]?[1]
        == JSONValue(
          ##"""
          {"title": "ActionSendText", "type": "object", "required": ["type", "id", "text"],
           "additionalProperties": false, "properties": {
             "type": {"description": "What it does.", "type": "string", "enum": ["send_text"]},
             "id": {"description": "Name of the action.", "type": "string"},
             "text": {"description": "What is said.", "type": "string"},
             "place": {"title": "NullablePlace", "description": "Where.",
               "oneOf": [{"$ref": "#/components/schemas/Place"}, {"type": "null"}]}}}
          """##))
  }

  @Test
  func `a union tagged beside has its fields in the content`() throws {
    let node = sample.component("Node")
    #expect(
      try node?["oneOf"]?[0]
        == JSONValue(
          ##"""
          {"title": "NodeDelay", "type": "object", "required": ["type", "data", "id"],
           "additionalProperties": {"$ref": "#/components/schemas/AnyValue"}, "properties": {
             "type": {"description": "What it does.", "type": "string", "enum": ["delay"]},
             "data": {"title": "NodeDelayData", "type": "object", "required": ["hours"],
               "additionalProperties": {"$ref": "#/components/schemas/AnyValue"}, "properties": {
                 "hours": {"description": "How long.", "type": "integer",
                           "minimum": 1, "maximum": 1000}}},
             "id": {"description": "Name of the node.", "type": "string"}}}
          """##))
    #expect(try node?["oneOf"]?[2]?["required"] == JSONValue(#"["type", "id"]"#))
  }

  /// Each takes the example with all params and changes one of them.
  @Test(arguments: [
    ("id", ##""""##), ("id", #""elevenchars""#), ("id", #""ten ✓ char""#), ("id", "null"),
    ("size", "0"), ("size", "20"), ("size", "21"), ("size", #""2""#), ("size", "1.5"),
    ("is_vip", "1"), ("answer", #""maybe""#), ("answer", #""pending""#), ("moment", #""now""#),
    ("tags", "[]"), ("tags", #"["a", "b", "c", "d"]"#), ("tags", #"["A"]"#),
    ("scores", "{}"), ("scores", #"{"a": "b"}"#), ("rows", "[1]"), ("rows", "[[]]"),
    ("place", "{}"), ("place", #"{"x": 1}"#), ("place", #"{"x": 1, "y": 2}"#),
    ("place", #"{"x": 2147483648}"#), ("place", "null"),
    ("tree", #"{"value": 1, "children": [{"value": 2}]}"#),
    ("actions", "[]"), ("actions", #"[{"id": "x", "type": "delay"}]"#),
    ("actions", #"[{"id": "x", "type": "end", "hours": 1}]"#),
    ("actions", #"[{"id": "x", "type": "jump"}]"#), ("actions", #"[{"type": "end"}]"#),
    ("node", #"{"id": "n", "type": "delay", "data": {"hours": 1, "label": "L"}, "w": 1}"#),
    ("node", #"{"id": "n", "type": "delay", "data": {}}"#),
    ("node", #"{"id": "n", "type": "delay"}"#),
    ("node", #"{"id": "n", "type": "end", "data": {"label": null}}"#),
    ("edge", #"{"source": "n", "target": []}"#), ("edge", #"{"target": "n"}"#),
    ("payload", "null"), ("note", "null"), ("note", #""sixsix""#), ("reply", #""no""#),
    ("spot", "null"), ("spot", "[]"), ("anything", "null"), ("limit", "501"), ("order", #""any""#),
    ("texts", #"{"*": null}"#), ("count", "-1"), ("count", "null"), ("unknown", "1"),
  ])
  func `a schema accepts what the reader accepts`(name: String, value: String) throws {
    var members = try JSONValue(PlaceEverything.all).members.filter { $0.0 != name }
    members.append((name, try JSONValue(value)))
    let params = JSONValue.object(members)
    let isRead = (try? JSON.decode(PlaceEverything.Params.self, from: JSON.encode(params))) != nil
    let fits = try sample.validatorOfParams.accepts(params, sample.paramsSchema("sample.place"))
    #expect(fits == isRead)
  }
}
