extension PythonClient {
  /// Dataclasses, aliases and enumerations, as people import them.
  mutating func types() -> String {
    let types = model.sortedTypes
    var bases: [String: String] = [:]
    for case .union(let union) in types {
      for each in union.cases { bases[each.record] = union.name }
    }
    var parts: [String] = []
    for case .alias(let name, let text, let type) in types {
      parts.append(
        "\n\(name): TypeAlias = \(annotation(type))\n"
          + (text.isEmpty ? "" : PythonWords.documentation(text, "")))
    }
    for case .enumeration(let enumeration) in types { parts.append(self.enumeration(enumeration)) }
    for case .union(let union) in types { parts.append(self.union(union)) }
    for case .record(let record) in types {
      parts.append(self.record(record, base: bases[record.name] ?? "WireRecord"))
    }
    for event in model.events { parts.append(self.event(event)) }
    return PythonModule.text(
      "The types of Operation Center's schema.", "\n" + parts.joined(separator: "\n"))
  }

  private func enumeration(_ enumeration: ClientEnumeration) -> String {
    let name = enumeration.name
    let documentation =
      enumeration.documentation.isEmpty
      ? "Values of \(name); more may come." : enumeration.documentation
    let members = enumeration.values.map {
      "    \(PythonWords.constant($0)) = \(PythonWords.quoted($0))\n"
    }.joined()
    let words = enumeration.values.map { PythonWords.quoted($0) }.joined(separator: ", ")
    return "\nclass \(name)(OpenEnumeration):\n" + PythonWords.documentation(documentation, "    ")
      + "\n" + members + "\n\n\(name)Value: TypeAlias = \(name) | Literal[\(words)]\n"
      + "\"\"\"\(name), or its text.\"\"\"\n"
  }

  private func union(_ union: ClientUnion) -> String {
    var text = union.documentation
    if text.isEmpty { text = "Each kind, by its `\(union.tag)`, is a subclass." }
    text += "\nOne of a kind that this client does not know is of this class itself."
    return "\n\(Self.dataclass)class \(union.name)(WireRecord):\n"
      + PythonWords.documentation(text, "    ")
      + "\n    \(PythonWords.attribute(union.tag)): str\n"
  }

  private mutating func record(_ record: ClientRecord, base: String) -> String {
    let said = record.documentation
    var text = "\n\(Self.dataclass)class \(record.name)(\(base)):\n"
    text += PythonWords.documentation(
      said.isEmpty ? PythonWords.sentence(of: record.name) : said, "    ")
    for field in record.fields {
      text += "\n    \(PythonWords.attribute(field.name)): \(memberType(field, of: record))\n"
      let documentation = field.documentationWithStandard
      if !documentation.isEmpty { text += PythonWords.documentation(documentation, "    ") }
    }
    return text
  }

  private mutating func memberType(_ field: ClientField, of record: ClientRecord) -> String {
    let written = annotation(field.type)
    if field.type.kind == .constant {
      return "\(written) = \(PythonWords.quoted(field.type.name))"
    }
    if record.name == "Event", field.name == "data" { return "WireRecord | JSONValue" }
    if field.isRequired { return written }
    if record.isInput { return "\(written) | Absent = ABSENT" }
    let isNone = field.type.isNullable || field.type.kind == .any
    return "\(written)\(isNone ? "" : " | None") = None"
  }

  private mutating func event(_ event: ClientEvent) -> String {
    "\n\(Self.dataclass)class \(event.kind.camelCased)Event(Event):\n"
      + PythonWords.documentation(event.documentation, "    ")
      + "\n    data: \(annotation(event.data))\n"
  }
}
