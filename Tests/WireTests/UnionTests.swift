import Testing
import Wire

struct UnionTests {
  @Test(arguments: [
    #"{"id":"a","type":"delay","hours":3,"note":"n"}"#,
    #"{"id":"a","hours":3,"note":"n","type":"delay"}"#,
    #"{"note":"n","hours":3,"type":"delay","id":"a"}"#,
  ])
  func `a union tagged inside takes its fields beside the tag, in any order`(json: String) throws {
    let action = Action(id: "a", step: .delay(hours: 3), note: "n")
    #expect(try read(Action.self, json) == action)
    #expect(text(action) == #"{"id":"a","type":"delay","hours":3,"note":"n"}"#)
  }

  @Test
  func `a union tagged inside refuses the fields of other cases`() {
    let error = failure(Action.self, #"{"id":"a","type":"end","hours":3}"#)
    #expect(error?.reason == "unknown_key")
    #expect(error?.path == "hours")
    #expect(failure(Action.self, #"{"id":"a"}"#)?.path == "type")
    #expect(
      failure(Action.self, #"{"id":"a","type":"stop"}"#)?.description
        == #"type: expected one of delay, send, end; found "stop""#)
    #expect(failure(Action.self, #"{"id":"a","type":"delay"}"#)?.path == "hours")
    #expect(failure(Action.self, #"{"id":"a","type":7}"#)?.reason == "wrong_type")
  }

  @Test(arguments: [
    #"{"id":"a","type":"send","data":{"template":"t","place":{"x":1,"y":2},"label":"L"},"width":180}"#,
    #"{"data":{"place":{"x":1,"y":2},"label":"L","template":"t"},"width":180,"type":"send","id":"a"}"#,
    #"{"width":180,"id":"a","data":{"label":"L","template":"t","place":{"y":2,"x":1}},"type":"send"}"#,
  ])
  func `a union tagged beside keeps what it does not know`(json: String) throws {
    let node = try read(Node.self, json)
    #expect(node.id == "a")
    #expect(node.step == .send(Step.Send(template: "t", place: Place(x: 1, y: 2))))
    #expect(node.stepExtras.entries.map(\.key) == ["label"])
    #expect(node.stepExtras.entries.map(\.value.text) == [#""L""#])
    #expect(node.extras.entries.map(\.key) == ["width"])
    #expect(
      text(node)
        == #"{"id":"a","type":"send","data":{"template":"t","place":{"x":1,"y":2},"label":"L"},"width":180}"#
    )
  }

  @Test(arguments: [
    #"{"id":"a","type":"end"}"#, #"{"id":"a","type":"end","data":{}}"#,
    #"{"id":"a","type":"end","data":null}"#, #"{"data":null,"type":"end","id":"a"}"#,
    #"{"type":"end","id":"a"}"#,
  ])
  func `an absent content counts as an empty one`(json: String) throws {
    let node = try read(Node.self, json)
    #expect(node == Node(id: "a", step: .end))
    #expect(text(node) == #"{"id":"a","type":"end","data":{}}"#)
  }

  @Test
  func `what the content lacks has the content in its path`() {
    #expect(failure([Node].self, #"[{"id":"a","type":"send"}]"#)?.path == "[0].data.template")
    #expect(
      failure([Node].self, #"[{"id":"a","type":"send","data":null}]"#)?.path == "[0].data.template")
    #expect(
      failure([Node].self, #"[{"id":"a","type":"send","data":{}}]"#)?.path == "[0].data.template")
    #expect(failure(Node.self, #"{"id":"a","type":"send","data":[]}"#)?.path == "data")
    #expect(
      failure(Node.self, #"{"id":"a","type":"delay","data":{"hours":0}}"#)?.description
        == "data.hours: expected an integer from 1 to 1000; found 0")
    #expect(
      failure(Node.self, #"{"id":"a","type":"delay","data":{"hours":1,"a":1,"a":1}}"#)?.path
        == "data.a")
  }

  @Test
  func `extras keep their order and spelling, without space between tokens`() throws {
    let json = """
      {"z": 1.0e2, "id": "a", "\\u0062": [ 1,\n {"c d" : "e \\u0066 \\" g"} ], "type": "end", "y": "q r"}
      """
    let node = try read(Node.self, json)
    #expect(node.extras.entries.map(\.key) == ["z", "b", "y"])
    #expect(
      text(node)
        == #"{"id":"a","type":"end","data":{},"z":1.0e2,"b":[1,{"c d":"e \u0066 \" g"}],"y":"q r"}"#
    )
  }

  @Test
  func `a raw value keeps what stands inside texts`() throws {
    let cases = [
      (#"[ "\\" , " ] " , "\"" , " \\\" " ]"#, #"["\\"," ] ","\""," \\\" "]"#),
      (#"  "a b"  "#, #""a b""#), ("{ }", "{}"), (" 1.50 ", "1.50"), ("[[ ],\t[ ]]", "[[],[]]"),
    ]
    for (json, raw) in cases {
      #expect(try read(RawJSON.self, json).text == raw)
    }
    #expect(text(RawJSON.null) == "null")
  }
}
