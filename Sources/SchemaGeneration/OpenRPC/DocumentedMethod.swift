import JSONRPC
import Wire

/// One method as the document shows it, checked for what the rules of OpenRPC leave to its author:
/// its schema knows neither the order of params nor which names must differ.
struct DocumentedMethod {
  struct Example {
    var name: String
    /// In the order of the params.
    var params: [(name: String, value: RawJSON)]
    var result: RawJSON
  }

  let name: String
  var summary: String
  var details = ""
  var isMutating = false
  var isRepeatable = true
  var since = "0.1.0"
  var capability: Capability?
  var params: [SchemaField] = []
  var result: Schema
  var errors: [ErrorDescription] = []
  var examples: [Example] = []

  /// Stands in every document, whether or not the registry names it. Its result is described as
  /// any object: a document that held the schema of documents would be no help to a reader.
  static let discover = DocumentedMethod(
    name: "rpc.discover", summary: "Returns this document.", result: .map(.any),
    errors: ErrorDescription.ofEveryMethod)

  private init(name: String, summary: String, result: Schema, errors: [ErrorDescription]) {
    self.name = name
    self.summary = summary
    self.result = result
    self.errors = errors
  }

  init(_ method: MethodDescription, _ objects: SchemaObjects) throws(DescriptionFault) {
    name = method.name
    summary = method.summary
    details = method.details
    isMutating = method.isMutating
    (isRepeatable, since) = (method.isRepeatable, method.since)
    capability = method.capability
    result = method.name == Self.discover.name ? Self.discover.result : method.result
    params = try Self.params(of: method, objects)
    errors = try Self.errors(of: method)
    var names: Set<String> = []
    for example in method.examples {
      guard names.insert(example.name).inserted else {
        throw DescriptionFault("\(name) has two examples called \"\(example.name)\".")
      }
      examples.append(try Self.example(example, of: method.name, params))
    }
  }

  /// By position, the place in the list is the name. OpenRPC puts required params first, and the
  /// list may not be sorted into that order here, since the positions would then be others than
  /// those that the service reads.
  private static func params(
    of method: MethodDescription, _ objects: SchemaObjects
  ) throws(DescriptionFault) -> [SchemaField] {
    guard case .reference(let name) = method.params,
      case .fields(let fields, keepsUnknownKeys: false) = try objects[name].shape
    else {
      throw DescriptionFault(
        "The params of \(method.name) hold a union or unknown keys; give those a field.")
    }
    var names: Set<String> = []
    var firstOptional: SchemaField?
    for field in fields {
      guard names.insert(field.name).inserted else {
        throw DescriptionFault("\(method.name) has two params called \(field.name).")
      }
      if !field.isRequired {
        firstOptional = firstOptional ?? field
      } else if let firstOptional {
        throw DescriptionFault(
          "\(method.name) has the required param \(field.name) behind the optional "
            + "\(firstOptional.name); required ones come first.")
      }
    }
    return fields
  }

  private static func errors(
    of method: MethodDescription
  ) throws(DescriptionFault) -> [ErrorDescription] {
    var codes: Set<Int> = []
    for error in method.errors {
      guard codes.insert(error.code).inserted else {
        throw DescriptionFault("\(method.name) lists the error \(error.code) twice.")
      }
    }
    let access = method.capability == nil ? [] : ErrorDescription.ofAccess
    return method.errors
      + (ErrorDescription.ofEveryMethod + access).filter { !codes.contains($0.code) }
  }

  private static func example(
    _ example: MethodExample, of method: String, _ fields: [SchemaField]
  ) throws(DescriptionFault) -> Example {
    let place = "The example \"\(example.name)\" of \(method)"
    do throws(WireError) {
      let values = try JSON.decode(
        WireMap<RawJSON>.self, from: Array(example.params.utf8), root: "params")
      let result = try JSON.decode(RawJSON.self, from: Array(example.result.utf8), root: "result")
      for name in values.keys where !fields.contains(where: { $0.name == name }) {
        throw WireError(path: "params", reason: "unknown_key", message: "no param \(name)")
      }
      for field in fields where field.isRequired && values[field.name] == nil {
        throw WireError(path: "params", reason: "required", message: "\(field.name) is required")
      }
      let params = fields.compactMap { field in
        values[field.name].map { (name: field.name, value: $0) }
      }
      return Example(name: example.name, params: params, result: result)
    } catch {
      throw DescriptionFault("\(place) is wrong: \(error.description).")
    }
  }
}
