extension PythonClient {
  /// How each type stands in JSON, for the runtime.
  func shapes() -> String {
    var entries: [(name: String, shape: String)] = []
    for type in model.sortedTypes {
      switch type {
      case .alias: break
      case .enumeration(let enumeration):
        entries.append((enumeration.name, "Choice(types.\(enumeration.name))"))
      case .record(let record): entries += recordShapes(record)
      case .union(let union): entries += unionShapes(union)
      }
    }
    let body = entries.map { "    \(PythonWords.quoted($0.name)): \($0.shape),\n" }.joined()
    return PythonModule.text(
      "How each type stands in JSON.",
      "\(Self.leaves)\nSHAPES: dict[str, Shape] = {\n\(body)}\n"
        + "\"\"\"Each type by its name.\"\"\"\n\nlink_shapes(SHAPES)\n")
  }

  private func recordShapes(_ record: ClientRecord) -> [(name: String, shape: String)] {
    func members(data: ClientType? = nil) -> [String] {
      record.fields.map { field in
        var field = field
        if let data, field.name == "data" {
          (field.type, field.isRequired) = (data, true)
        }
        return member(field, absentIsNone: !record.isInput)
      }
    }
    guard record.name == "Event" else {
      return [(record.name, recordShape(record.name, members()))]
    }
    let cases = model.events.map { event in
      let shape = recordShape("\(event.kind.camelCased)Event", members(data: event.data))
      return "            \(PythonWords.quoted(event.kind)): \(shape),\n"
    }
    return unionShape(
      "Event", tag: "kind", other: recordShape("Event", members()), cases: cases.joined())
  }

  private func recordShape(_ name: String, _ members: [String]) -> String {
    let body = members.map { "            \($0),\n" }.joined()
    let listed = body.isEmpty ? "()" : "(\n\(body)        )"
    return "RecordShape(\n        types.\(name),\n        \(listed),\n    )"
  }

  private func unionShapes(_ union: ClientUnion) -> [(name: String, shape: String)] {
    let tag = ClientField(
      name: union.tag, type: ClientType(kind: .text), isRequired: true, documentation: "")
    let cases = union.cases.map {
      "            \(PythonWords.quoted($0.value)): Named(\"\($0.record)\"),\n"
    }
    return unionShape(
      union.name, tag: union.tag,
      other: recordShape(union.name, [member(tag, absentIsNone: true)]), cases: cases.joined())
  }

  /// The base is also the shape of kinds that are not known.
  private func unionShape(
    _ name: String, tag: String, other: String, cases: String
  ) -> [(name: String, shape: String)] {
    let union =
      "UnionShape(\n        tag=\(PythonWords.quoted(tag)),\n        cases={\n\(cases)        },\n"
      + "        other=Named(\"\(name)Other\"),\n        base=types.\(name),\n    )"
    return [("\(name)Other", other), (name, union)]
  }
}
