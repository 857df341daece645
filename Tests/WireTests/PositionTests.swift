import Testing
import Wire

struct PositionTests {
  private func byPosition<Value: WireObject>(_ type: Value.Type, _ text: String) throws(WireError)
    -> Value
  {
    let text = bytes(text)
    try JSON.validate(text)
    return try text.withUnsafeBufferPointer { (buffer) throws(WireError) in
      try JSON.decodePositional(type, fromValidated: buffer, root: "params")
    }
  }

  private func failure<Value: WireObject>(_ type: Value.Type, _ text: String) -> WireError? {
    do throws(WireError) {
      _ = try byPosition(type, text)
      return nil
    } catch {
      return error
    }
  }

  @Test
  func `element i is field i of the list`() throws {
    let guest =
      #"["gst_1", "Meera", 2, true, "maybe", "n", 9, ["bride"], {"*":"Hi","id":"Hai"}, {"y":-2,"x":1}, "h_yes", "c"]"#
    #expect(try byPosition(Guest.self, guest) == read(Guest.self, fullGuest))
  }

  @Test
  func `what is missing at the end is absent`() throws {
    #expect(try byPosition(Update.self, "[]") == Update())
    #expect(try byPosition(Update.self, "[ ]") == Update())
    #expect(try byPosition(Update.self, #"["a"]"#) == Update(name: .set("a")))
    #expect(try byPosition(Update.self, "[null, 3]") == Update(name: .clear, size: .set(3)))
    let error = failure(Place.self, "[1]")
    #expect(error?.description == "params.y: expected a value; found none")
    #expect(failure(Guest.self, #"["g","n",1,true,"maybe",null,null,[]]"#) == nil)
  }

  @Test
  func `too many are refused`() {
    let error = failure(Place.self, "[1, 2, 3]")
    #expect(error?.description == "params[2]: expected at most 2 params by position; found more")
    #expect(error?.reason == "too_many")
  }

  @Test
  func `an error names the position`() {
    #expect(failure(Place.self, #"[1, "a"]"#)?.path == "params[1]")
    #expect(failure(Place.self, #"{"x":1}"#)?.message == "expected an array; found an object")
    #expect(failure(Span.self, "[2, 1]")?.path == "params.to")
  }

  @Test
  func `a union takes the place of its tag and its fields`() throws {
    #expect(
      try byPosition(Action.self, #"["a", "delay", 3, "n"]"#)
        == Action(id: "a", step: .delay(hours: 3), note: "n"))
    #expect(
      try byPosition(Node.self, #"["a", "delay", {"hours":3,"k":1}]"#).step == .delay(hours: 3))
    #expect(try byPosition(Node.self, #"["a", "end"]"#) == Node(id: "a"))
  }
}
