import Wire

/// The generated part of a client, made of the document alone.
package enum ClientFiles {
  package enum Language: String, CaseIterable, Sendable {
    case python, typescript

    /// Where it stands in the client's folder.
    package var folder: String {
      switch self {
      case .python: "src/operation_center/generated"
      case .typescript: "src/generated"
      }
    }
  }

  /// - Parameter digest: SHA-256 of the document's file, by which a client knows its service.
  package static func files(
    _ language: Language, of document: OpenRPCDocument, digest: String
  ) throws(WireError) -> [(name: String, text: String)] {
    let root = try JSON.decode(JSONValue.self, from: document.json.bytes)
    var reader = ClientModelReader(root, digest: digest)
    let model = reader.read()
    switch language {
    case .python:
      var client = PythonClient(model)
      return client.files()
    case .typescript: return TypeScriptClient(model).files()
    }
  }
}
