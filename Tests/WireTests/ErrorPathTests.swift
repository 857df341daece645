import Testing
import Wire

/// Lists nested as params are.
private struct Filter: WireObject {
  var rsvp: [Answer] = []
  var fields = WireMap<[Int]>()
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("rsvp", &rsvp, "", .defaulted.length(1...3))
    try visit.field("fields", &fields, "", .defaulted.length(1...2))
  }
}

private struct Params: WireObject {
  var guestFilter = Filter()
  var places: [[Place]] = []
  var tags: [String] = []
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("guest_filter", &guestFilter, "", .defaulted)
    try visit.field("places", &places, "", .defaulted)
    try visit.field("tags", &tags, "", .defaulted.length(0...2).each(length: 1...3))
  }
}

struct ErrorPathTests {
  @Test(arguments: [
    (
      #"{"guest_filter":{"rsvp":["pending","yes"]}}"#,
      #"params.guest_filter.rsvp[1]: expected one of pending, attending, declined, maybe; found "yes""#
    ),
    (
      #"{"places":[[],[{"x":1,"y":2},{"x":"a","y":2}]]}"#,
      "params.places[1][1].x: expected an integer; found a text"
    ),
    (#"{"places":[[{"x":1}]]}"#, "params.places[0][0].y: expected a value; found none"),
    (#"{"tags":["abc","abcd"]}"#, "params.tags[1]: expected 1 to 3 characters; found 4"),
    (#"{"tags":[""]}"#, "params.tags[0]: expected 1 to 3 characters; found 0"),
    (#"{"tags":["a","b","c"]}"#, "params.tags: expected at most 2 elements; found more"),
    (#"{"places":[3]}"#, "params.places[0]: expected an array; found a number"),
    (
      #"{"places":null,"guest_filter":1}"#,
      "params.guest_filter: expected an object; found a number"
    ),
    (
      #"{"guest_filter":{"rsvp":[]}}"#,
      "params.guest_filter.rsvp: expected at least 1 element; found 0"
    ),
    (
      #"{"guest_filter":{"rsvp":["maybe","maybe","maybe","maybe"]}}"#,
      "params.guest_filter.rsvp: expected at most 3 elements; found more"
    ),
    (
      #"{"guest_filter":{"fields":{}}}"#,
      "params.guest_filter.fields: expected at least 1 entry; found 0"
    ),
    (
      #"{"guest_filter":{"fields":{"a":[],"b":[],"c":[]}}}"#,
      "params.guest_filter.fields: expected at most 2 entries; found more"
    ),
    (
      #"{"guest_filter":{"fields":{"a b":[0,true]}}}"#,
      #"params.guest_filter.fields["a b"][1]: expected an integer; found true"#
    ),
    (
      #"{"guest_filter":{"fields":{"\u0061.b":[0.5]}}}"#,
      #"params.guest_filter.fields["a.b"][0]: expected an integer; found 0.5"#
    ),
    (
      #"{"guest_filtr":{}}"#,
      #"params.guest_filtr: expected a known key; found "guest_filtr"; did you mean "guest_filter"?"#
    ),
    (
      #"{"guestFilter":{}}"#,
      #"params.guestFilter: expected a known key; found "guestFilter"; did you mean "guest_filter"?"#
    ),
    (#"{"zebra":{}}"#, #"params.zebra: expected a known key; found "zebra""#),
    ("[]", "params: expected an object; found an array"),
    ("null", "params: expected an object; found null"),
  ])
  func `an error names the path, what is expected and what was found`(
    json: String, description: String
  ) {
    #expect(failure(Params.self, json, root: "params")?.description == description)
  }

  @Test
  func `without a root the path begins with the first key`() {
    #expect(failure([Place].self, #"[{"x":1,"y":true}]"#)?.path == "[0].y")
    #expect(failure(Place.self, #"{"x":1,"y":true}"#)?.path == "y")
    #expect(failure(Int.self, "true")?.path == "")
    #expect(failure(Int.self, " true")?.description == "expected an integer; found true at byte 1")
  }

  @Test
  func `long keys and words are cut`() {
    let long = String(repeating: "k", count: 300)
    let error = failure(Place.self, #"{"x":1,"y":2,"\#(long)":3}"#)
    #expect(error?.message == "expected a known key; found \"\(long.prefix(64))…\"")
    #expect(error.map { $0.path.utf8.count < 100 } == true)
    #expect(failure(Answer.self, "\"\(long)\"")?.message.hasSuffix("\(long.prefix(64))…\"") == true)
  }

  @Test
  func `texts are never shown, since they may be private`() {
    for json in [
      #"{"x":"+6281230000077"}"#, #"{"x":["+6281230000077"]}"#, #"{"x":{"a":"+6281230000077"}}"#,
    ] {
      #expect(failure(Place.self, json)?.description.contains("6281") == false)
    }
    #expect(failure(String.self, "6281230000077")?.message == "expected a text; found a number")
    #expect(
      failure(Handle.self, "\"6281230000077\"")?.message
        == "expected a handle such as h_yes; found a text of 13 characters")
    #expect(failure(Handle.self, "1")?.message == "expected a handle such as h_yes; found a number")
    #expect(failure(Bool.self, "\"x\"")?.message == "expected true or false; found a text")
  }

  @Test(arguments: [
    ("templat", "template"), ("tmeplate", "template"), ("Template", "template"), ("plce", "place"),
    ("send-place", nil), ("zz", nil), ("idd", "id"), ("tpye", "type"),
  ])
  func `a near key is suggested, of the case that the tag chose`(key: String, near: String?) {
    let error = failure(Action.self, #"{"id":"a","type":"send","template":"t","\#(key)":1}"#)
    #expect(error?.reason == "unknown_key")
    let hint = near.map { "; did you mean \"\($0)\"?" } ?? ""
    #expect(error?.message == "expected a known key; found \"\(key)\"\(hint)")
  }

  @Test
  func `the root and the text are one path when a part is decoded`() throws {
    let part = bytes(#"{"x":1,"y":[]}"#)
    let error = #expect(throws: WireError.self) {
      try part.withUnsafeBufferPointer { (buffer) throws(WireError) in
        _ = try JSON.decode(Place.self, fromValidated: buffer, root: "params.nodes[3]")
      }
    }
    #expect(error?.path == "params.nodes[3].y")
  }
}
