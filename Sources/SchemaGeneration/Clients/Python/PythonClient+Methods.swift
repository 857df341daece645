extension PythonClient {
  /// A class for each kind of refusal.
  func errors() -> String {
    let refusals = model.refusals
    let classes = refusals.map { refusal in
      let data = refusal.data.isEmpty ? "None" : "types.\(refusal.data) | None"
      let text = "A refusal of kind `\(refusal.kind)`, code \(refusal.code)."
      return "\n\nclass \(PythonWords.errorName(refusal.kind))(RefusedError):\n"
        + PythonWords.documentation(text, "    ")
        + "\n    kind = \(PythonWords.quoted(refusal.kind))\n    data: \(data)\n"
    }
    let kinds = refusals.map {
      "    \(PythonWords.quoted($0.kind)): \(PythonWords.errorName($0.kind)),\n"
    }
    let codes = refusals.sorted { (Int($0.code) ?? 0) < (Int($1.code) ?? 0) }.map {
      "    \($0.code): \(PythonWords.quoted($0.kind)),\n"
    }
    let names = refusals.map { PythonWords.errorName($0.kind) }.sorted().map {
      "    \(PythonWords.quoted($0)),\n"
    }
    let data = refusals.filter { !$0.data.isEmpty }.map {
      "    \(PythonWords.quoted($0.kind)): types.\($0.data),\n"
    }
    return PythonModule.text(
      "A class for each kind of refusal.",
      "\n__all__ = [\n\(names.joined())]\n" + classes.joined()
        + "\n\nREFUSALS: Final[dict[str, type[RefusedError]]] = {\n\(kinds.joined())}\n"
        + "\"\"\"The classes by kind.\"\"\"\n\n"
        + "KINDS: Final[dict[int, str]] = {\n\(codes.joined())}\n"
        + "\"\"\"The kind that a code stands for, for refusals without data.\"\"\"\n\n"
        + "REFUSAL_DATA: Final[dict[str, type[WireRecord]]] = {\n\(data.joined())}\n"
        + "\"\"\"The types of data by kind.\"\"\"\n")
  }

  /// What the schema says of each method.
  mutating func methods() -> String {
    usedNames = []
    var parts = ""
    for method in model.methods {
      let members = method.params.map { "            \(member($0, absentIsNone: false)),\n" }
      var arguments = "        name=\(PythonWords.quoted(method.name)),\n"
      arguments +=
        members.isEmpty
        ? "        params=(),\n" : "        params=(\n\(members.joined())        ),\n"
      arguments += "        result=\(shape(method.result)),\n"
      if method.isMutating { arguments += "        mutating=True,\n" }
      if !method.isRepeatable { arguments += "        repeatable=False,\n" }
      if method.takesKey { arguments += "        keyed=True,\n" }
      if !method.capability.isEmpty {
        arguments += "        capability=\(PythonWords.quoted(method.capability)),\n"
      }
      if !method.since.isEmpty {
        arguments += "        since=\(PythonWords.quoted(method.since)),\n"
      }
      parts +=
        "\n\(PythonWords.constant(method.name)): Final[Method[\(annotation(method.result))]] = linked(\n"
        + "    Method(\n\(arguments)    )\n)\n"
    }
    return PythonModule.text(
      "What the schema says of each method.",
      """
      \(Self.leaves)
      SCHEMA_VERSION: Final = \(PythonWords.quoted(model.version))
      \"\"\"Version of the schema that this client was made from.\"\"\"

      SCHEMA_DIGEST: Final = \(PythonWords.quoted(model.digest))
      \"\"\"SHA-256 of its file, as `system.info` gives it.\"\"\"


      def linked(method: Method[Result]) -> Method[Result]:
          \"\"\"The method with types in the place of their names.\"\"\"
          resolve: Any = SHAPES.__getitem__
          for member in method.params:
              member.shape = member.shape.link(resolve)
          object.__setattr__(method, "result", method.result.link(resolve))
          return method


      """ + parts, types: usedNames)
  }
}
