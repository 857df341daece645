extension PythonClient {
  // MARK: Signatures

  /// Params: the first that is required may be given by position, all others by name.
  private mutating func signature(_ method: ClientMethod) -> [String] {
    let required = method.params.filter(\.isRequired)
    let optional = method.params.filter { !$0.isRequired }
    var found: [String] = []
    for (place, param) in required.enumerated() {
      if place == 1 { found.append("*") }
      found.append(
        "\(PythonWords.attribute(param.name)): \(annotation(param.type, isParam: true))")
    }
    if !optional.isEmpty, required.count < 2 { found.append("*") }
    for param in optional {
      let type = annotation(param.type, isParam: true)
      found.append("\(PythonWords.attribute(param.name)): \(type) | Absent = ABSENT")
    }
    return found
  }

  private mutating func ownParams(_ method: ClientMethod) -> [String] {
    var params = ["self"] + signature(method)
    if !params.contains("*") { params.append("*") }
    return params + ["timeout: float | None = None"]
  }

  private func definition(_ opening: String, _ params: [String], _ result: String) -> String {
    let line = "    \(opening)(\(params.joined(separator: ", "))) -> \(result):\n"
    if line.count <= 101 { return line }
    let listed = params.map { "        \($0),\n" }.joined()
    return "    \(opening)(\n\(listed)    ) -> \(result):\n"
  }

  /// The same call without a client, from the arguments of a method with one.
  private func forwarded(_ called: String, _ method: ClientMethod) -> String {
    let required = method.params.filter(\.isRequired).map { PythonWords.attribute($0.name) }
    let optional = method.params.filter { !$0.isRequired }.map { PythonWords.attribute($0.name) }
    let arguments =
      required.prefix(1) + (required.dropFirst() + optional).map { "\($0)=\($0)" }
    let line = "            \(called)(\(arguments.joined(separator: ", "))),\n"
    if line.count <= 101 { return line }
    let listed = arguments.map { "                \($0),\n" }.joined()
    return "            \(called)(\n\(listed)            ),\n"
  }

  /// Refusals that any method may meet; naming them everywhere would hide the others.
  private static let everywhere: Set = [
    "forbidden", "internal_error", "invalid_params", "unauthenticated",
  ]

  private func documentation(_ method: ClientMethod) -> String {
    var lines = [method.summary]
    if !method.details.isEmpty { lines += ["", method.details] }
    let documented = method.params.filter { !$0.documentationWithStandard.isEmpty }
    if !documented.isEmpty {
      lines += ["", "Args:"]
      lines += documented.map {
        "    \(PythonWords.attribute($0.name)): \($0.documentationWithStandard)"
      }
    }
    let own = method.refusals.filter { !Self.everywhere.contains($0) }
    if !own.isEmpty {
      lines += ["", "Raises:"]
      lines += own.map { "    \(PythonWords.errorName($0)): The service answers `\($0)`." }
    }
    if !method.capability.isEmpty {
      lines += ["", "A token needs the capability `\(method.capability)`."]
    }
    if !method.since.isEmpty { lines += ["", "Since \(method.since)."] }
    return PythonWords.documentation(lines.joined(separator: "\n"), "        ")
  }

  // MARK: Calls to be made later

  mutating func calls() -> String {
    usedNames = []
    var parts = ""
    for (namespace, methods) in namespaces {
      parts += "\n\nclass \(namespace.camelCased)Calls:\n"
      parts += PythonWords.documentation("Calls of `\(methods[0].noun).*`.", "    ")
      for method in methods { parts += call(method) }
    }
    let instances = namespaces.map { "\($0.name) = \($0.name.camelCased)Calls()\n" }.joined()
    return PythonModule.text(
      "Calls to be made later: for `call`, `submit` and batches.", parts + "\n\n" + instances,
      types: usedNames)
  }

  private mutating func call(_ method: ClientMethod) -> String {
    let result = annotation(method.result)
    let item = method.pageItem.map { annotation($0) }
    let type = item.map { "PagedCall[\(result), \($0)]" } ?? "Call[\(result)]"
    let opening = "def \(PythonWords.attribute(method.verb))"
    let arguments = method.params.map {
      let attribute = PythonWords.attribute($0.name)
      return "                \(PythonWords.quoted(attribute)): \(attribute),\n"
    }
    let listed = arguments.isEmpty ? "{}" : "{\n\(arguments.joined())            }"
    return "\n    @staticmethod\n" + definition(opening, signature(method), type)
      + PythonWords.documentation(method.summary, "        ")
      + "        return \(item == nil ? "Call" : "PagedCall")(\n"
      + "            methods.\(PythonWords.constant(method.name)),\n"
      + "            \(listed),\n        )\n"
  }

  // MARK: Namespaces

  mutating func namespaces(isAsync: Bool) -> String {
    usedNames = []
    let prefix = isAsync ? "Async" : ""
    let client = isAsync ? "AsyncClient" : "Client"
    var parts = ""
    for (namespace, methods) in namespaces {
      parts += "\n\nclass \(prefix)\(namespace.camelCased):\n"
      parts += PythonWords.documentation("Methods `\(methods[0].noun).*`.", "    ")
      parts += "\n    __slots__ = (\"_client\",)\n\n"
      parts += "    def __init__(self, client: \(client)Calls) -> None:\n"
      parts += "        self._client = client\n"
      for method in methods {
        parts += namespaceMethod(namespace, method, isAsync)
        if let item = method.pageItem { parts += itemsMethod(namespace, method, item, isAsync) }
      }
    }
    let assigned = namespaces.map {
      "        self.\($0.name) = \(prefix)\($0.name.camelCased)(self)\n"
    }.joined()
    let (awaiting, iterator) = isAsync ? ("async ", "AsyncIterator") : ("", "Iterator")
    let base = """


      class \(client)Calls(ABC):
          \"\"\"The namespaces of a client, over the two ways to make a call.\"\"\"

          def __init__(self) -> None:
      \(assigned)
          @abstractmethod
          \(awaiting)def call(self, call: Call[Result], *, timeout: float | None = None) -> Result:
              \"\"\"Makes a call and gives its result.\"\"\"

          @abstractmethod
          def items(
              self, call: PagedCall[Any, Item], *, timeout: float | None = None
          ) -> \(iterator)[Item]:
              \"\"\"The items of all pages.\"\"\"

      """
    return PythonModule.text(
      "The methods of the service, for \(isAsync ? "asyncio" : "plain Python").", parts + base,
      types: usedNames)
  }

  private mutating func namespaceMethod(
    _ namespace: String, _ method: ClientMethod, _ isAsync: Bool
  ) -> String {
    let verb = PythonWords.attribute(method.verb)
    let params = ownParams(method)
    let result = annotation(method.result)
    return "\n" + definition("\(isAsync ? "async " : "")def \(verb)", params, result)
      + documentation(method)
      + "        return \(isAsync ? "await " : "")self._client.call(\n"
      + forwarded("calls.\(namespace).\(verb)", method)
      + "            timeout=timeout,\n        )\n"
  }

  private mutating func itemsMethod(
    _ namespace: String, _ method: ClientMethod, _ item: ClientType, _ isAsync: Bool
  ) -> String {
    let verb = PythonWords.attribute(method.verb)
    let params = ownParams(method)
    let result = "\(isAsync ? "AsyncIterator" : "Iterator")[\(annotation(item))]"
    let name = verb.hasSuffix("_") ? String(verb.dropLast()) : verb
    return "\n" + definition("def \(name)_items", params, result)
      + PythonWords.documentation(
        "The items of all pages of `\(verb)`, each page asked for when it is needed.", "        ")
      + "        return self._client.items(\n" + forwarded("calls.\(namespace).\(verb)", method)
      + "            timeout=timeout,\n        )\n"
  }
}
