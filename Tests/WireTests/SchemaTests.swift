import Testing
import Wire

struct SchemaTests {
  private func fields(_ object: SchemaObject?) -> [SchemaField] {
    guard case .fields(let fields, _) = object?.shape else { return [] }
    return fields
  }

  @Test
  func `a field list is described once, with what it refers to`() {
    var recorder = SchemaRecorder()
    #expect(recorder.schema(of: [Guest].self) == .array(.reference("Guest"), count: nil))
    #expect(recorder.schema(of: Guest.self) == .reference("Guest"))
    #expect(recorder.objects.map(\.name) == ["Guest", "Place"])
    let fields = Dictionary(
      uniqueKeysWithValues: fields(recorder.objects.first).map { ($0.name, $0) })
    #expect(fields.count == 12)
    #expect(fields["id"]?.schema == .text(length: nil, pattern: nil, format: nil))
    #expect(fields["id"]?.documentation == "Identifier of the guest.")
    #expect(fields["name"]?.schema == .text(length: 1...10, pattern: nil, format: nil))
    #expect(fields["party_size"]?.schema == .integer(1...20))
    #expect(fields["is_vip"]?.schema == .boolean)
    #expect(
      fields["answer"]?.schema
        == .enumeration(["pending", "attending", "declined", "maybe"], title: "Answer"))
    #expect(fields["note"]?.schema == .nullable(.text(length: nil, pattern: nil, format: nil)))
    #expect(
      fields["tags"]?.schema
        == .array(.text(length: nil, pattern: "^[a-z]{1,8}$", format: nil), count: 0...3))
    #expect(fields["texts"]?.schema == .map(.text(length: nil, pattern: nil, format: nil)))
    #expect(fields["place"]?.schema == .reference("Place"))
    let handle = NamedScalar(
      name: "Handle", documentation: "Names a way out.",
      base: .text(length: nil, pattern: nil, format: "handle"), example: #""h_yes""#)
    #expect(fields["handle"]?.schema == .nullable(.named(handle)))
  }

  @Test
  func `what is required, defaulted, omittable or a patch is said`() {
    var recorder = SchemaRecorder()
    _ = recorder.schema(of: Guest.self)
    let guest = fields(recorder.objects.first)
    #expect(
      guest.filter(\.isRequired).map(\.name)
        == ["id", "name", "party_size", "is_vip", "answer", "tags"])
    #expect(guest.filter(\.isOmittable).map(\.name) == ["next_cursor"])
    #expect(guest.filter { $0.defaultValue != nil }.map(\.name) == ["limit", "texts", "place"])
    #expect(guest.first { $0.name == "limit" }?.defaultValue == bytes("50"))
    #expect(guest.first { $0.name == "place" }?.defaultValue == bytes(#"{"x":0,"y":0}"#))
    #expect(guest.allSatisfy { !$0.isPatch })
    _ = recorder.schema(of: Update.self)
    let update = fields(recorder.objects.last)
    #expect(update.allSatisfy { $0.isPatch && !$0.isRequired })
    #expect(update.first?.schema == .nullable(.text(length: 1...5, pattern: nil, format: nil)))
  }

  @Test
  func `a type that holds itself ends in a reference`() {
    var recorder = SchemaRecorder()
    #expect(recorder.schema(of: Tree.self) == .reference("Tree"))
    #expect(recorder.objects.map(\.name) == ["Tree"])
    #expect(
      fields(recorder.objects.first).map(\.schema)
        == [.integer(nil), .array(.reference("Tree"), count: nil)])
  }

  @Test
  func `every case of a union is recorded`() throws {
    var recorder = SchemaRecorder()
    _ = recorder.schema(of: Action.self)
    _ = recorder.schema(of: Node.self)
    #expect(recorder.objects.map(\.name) == ["Action", "Place", "Node"])
    guard case .union("type", nil, let cases, let common) = recorder.objects[0].shape else {
      Issue.record("expected a union")
      return
    }
    #expect(cases.map(\.tag) == ["delay", "send", "end"])
    #expect(cases.map { $0.fields.map(\.name) } == [["hours"], ["template", "place"], []])
    #expect(cases[0].fields[0].schema == .integer(1...1000))
    #expect(common.map(\.name) == ["id", "note"])
    #expect(recorder.objects[0].tagDocumentation == "What it does.")
    #expect(!recorder.objects[0].keepsUnknownKeys)
    guard case .union("type", "data", let others, _) = recorder.objects[2].shape else {
      Issue.record("expected a union")
      return
    }
    #expect(others.map(\.tag) == ["delay", "send", "end"])
    #expect(recorder.objects[2].keepsUnknownKeys)
  }

  private struct Page<Item: WireObject>: WireObject {
    var items: [Item] = []
    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("items", &items, "")
    }
    enum Order: String, WireEnum { case up, down }
  }

  @Test
  func `names leave out modules and say arguments`() {
    struct Local: WireObject {
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
    }
    #expect(Guest.schemaName == "Guest")
    #expect(Page<Guest>.schemaName == "SchemaTestsPageOfGuest")
    #expect(Page<Page<Guest>>.schemaName == "SchemaTestsPageOfSchemaTestsPageOfGuest")
    #expect(Local.schemaName == "SchemaTestsLocal")
    var recorder = SchemaRecorder()
    #expect(
      recorder.schema(of: Step.Tag.self)
        == .enumeration(["delay", "send", "end"], title: "StepTag"))
  }

  @Test
  func `integers say their bounds`() {
    var recorder = SchemaRecorder()
    #expect(recorder.schema(of: Int.self) == .integer(nil))
    #expect(recorder.schema(of: Int64.self) == .integer(nil))
    #expect(recorder.schema(of: Int32.self) == .integer(-2_147_483_648...2_147_483_647))
    #expect(recorder.schema(of: UInt16.self) == .integer(0...65535))
    #expect(recorder.schema(of: UInt64.self) == .integer(0...Int64.max))
    #expect(recorder.schema(of: RawJSON.self) == .any)
    #expect(recorder.schema(of: JSONValue.self) == .any)
  }

  @Test
  func `rules chain in any order`() {
    let rule = Rule.defaulted.range(1...5).length(1...2).pattern(.slug).omittable
    #expect(rule.isDefaulted && rule.isOmittable)
    #expect(rule.allowedRange == 1...5)
    #expect(rule.allowedLength == 1...2)
    #expect(rule.requiredPattern?.name == "slug")
    #expect(Rule.length(1...2).defaulted.allowedLength == 1...2)
    #expect(Rule.none.allowedLength == nil && !Rule.none.isDefaulted)
  }
}
