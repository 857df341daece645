/// Renders the generated part of the Python client.
struct PythonClient {
  let model: ClientModel
  /// Types that the present file uses.
  var usedNames: Set<String> = []

  init(_ model: ClientModel) { self.model = model }

  /// Files of the folder `generated`, by name.
  mutating func files() -> [(name: String, text: String)] {
    [
      ("__init__.py", "\"\"\"Generated from the schema of Operation Center.\"\"\"\n"),
      ("types.py", types()), ("shapes.py", shapes()), ("errors.py", errors()),
      ("methods.py", methods()), ("calls.py", calls()),
      ("namespaces.py", namespaces(isAsync: false)),
      ("async_namespaces.py", namespaces(isAsync: true)),
    ]
  }

  /// Comparing and printing are inherited: made for each of hundreds of classes, they would double the
  /// time that an import takes.
  static let dataclass = "@dataclass(slots=True, kw_only=True, repr=False, eq=False)\n"

  /// Shapes that know nothing of their place are shared.
  static let leaves = """

    TEXT, TIME, ANYTHING = Text(), Time(), Anything()
    INTEGER, NUMBER, BOOLEAN, SCALAR = Integer(), Number(), Boolean(), ScalarShape()

    """

  // MARK: Types where they are used

  mutating func annotation(_ type: ClientType, isParam: Bool = false) -> String {
    let found = plainAnnotation(type, isParam)
    return type.needsNull ? "\(found) | None" : found
  }

  private mutating func plainAnnotation(_ type: ClientType, _ isParam: Bool) -> String {
    switch type.kind {
    case .text: return "str"
    case .time: return "datetime"
    case .integer: return "int"
    case .number: return "float"
    case .boolean: return "bool"
    case .scalar: return "str | int | float | bool"
    case .any: return "JSONValue"
    case .constant: return "Literal[\(PythonWords.quoted(type.name))]"
    case .named:
      var name = type.name
      if isParam, case .enumeration? = model.types[name] { name += "Value" }
      usedNames.insert(name)
      return name
    case .list:
      let item = annotation(type.item, isParam: isParam)
      return isParam ? "Sequence[\(item)]" : "list[\(item)]"
    case .map:
      let item = annotation(type.item, isParam: isParam)
      return isParam ? "Mapping[str, \(item)]" : "dict[str, \(item)]"
    }
  }

  func shape(_ type: ClientType) -> String {
    let found = plainShape(type)
    return type.needsNull ? "Nullable(\(found))" : found
  }

  private func plainShape(_ type: ClientType) -> String {
    switch type.kind {
    case .text, .constant: return "TEXT"
    case .time: return "TIME"
    case .integer: return "INTEGER"
    case .number: return "NUMBER"
    case .boolean: return "BOOLEAN"
    case .scalar: return "SCALAR"
    case .any: return "ANYTHING"
    case .named:
      if case .alias(_, _, let type)? = model.types[type.name] { return shape(type) }
      return "Named(\"\(type.name)\")"
    case .list: return "Items(\(shape(type.item)))"
    case .map: return "Entries(\(shape(type.item)))"
    }
  }

  /// - Parameter absentIsNone: an absent member is None; else it is told from null.
  func member(_ field: ClientField, absentIsNone: Bool) -> String {
    var parts = [PythonWords.quoted(field.name), shape(field.type)]
    if field.isRequired {
      parts.append("required=True")
    } else if absentIsNone {
      parts.append("absent=None")
    }
    let attribute = PythonWords.attribute(field.name)
    if attribute != field.name { parts.append("attribute=\(PythonWords.quoted(attribute))") }
    return "Member(\(parts.joined(separator: ", ")))"
  }

  /// The methods by what they are about, in the order of the schema.
  var namespaces: [(name: String, methods: [ClientMethod])] {
    var found: [(name: String, methods: [ClientMethod])] = []
    for method in model.methods {
      let name = Self.namespace(of: method)
      if let place = found.firstIndex(where: { $0.name == name }) {
        found[place].methods.append(method)
      } else {
        found.append((name, [method]))
      }
    }
    return found
  }

  /// Namespaces that are no countable thing stay as they are.
  private static func namespace(of method: ClientMethod) -> String {
    let singular: Set = ["bulk", "events", "outbox", "rpc", "stats", "system"]
    let noun = method.noun
    return singular.contains(noun) || noun.hasSuffix("s") ? noun : noun + "s"
  }
}
