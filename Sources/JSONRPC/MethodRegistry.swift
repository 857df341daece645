import Wire

/// All methods of a service, by name and in order.
package struct MethodRegistry<Context: Actor>: Sendable {
  package let entries: [MethodEntry<Context>]
  private let places: [String: Int]

  package init(_ entries: [MethodEntry<Context>]) {
    self.entries = entries
    var places: [String: Int] = [:]
    for (place, entry) in entries.enumerated() {
      precondition(
        !entry.name.hasPrefix("rpc.") || entry.name == "rpc.discover",
        "\(entry.name): names that begin with rpc. belong to JSON-RPC.")
      precondition(entry.name.utf8.allSatisfy { $0 < 0x80 }, "\(entry.name): names are ASCII.")
      let former = places.updateValue(place, forKey: entry.name)
      precondition(former == nil, "\(entry.name) is registered twice.")
    }
    self.places = places
  }

  package subscript(name: String) -> MethodEntry<Context>? { place(of: name).map { entries[$0] } }

  /// Names are compared exactly. `String` takes a Kelvin sign for a K, but what it takes for ASCII
  /// without being it is always longer.
  func place(of name: String) -> Int? {
    guard let place = places[name] else { return nil }
    return entries[place].name.utf8.count == name.utf8.count ? place : nil
  }

  package func describe(into recorder: inout SchemaRecorder) -> [MethodDescription] {
    entries.map { $0.describe(&recorder) }
  }
}

/// One method with its types erased.
package final class MethodEntry<Context: Actor>: Sendable {
  package let name: String
  package let isMutating: Bool
  package let capability: Capability?
  package let isOfWhole: Bool
  let describe: @Sendable (inout SchemaRecorder) -> MethodDescription
  let invoke: @Sendable (Request, isolated Context) throws -> Outcome

  enum Outcome {
    /// The whole response; empty for a notification, which has none.
    case answered([UInt8])
    case later(JobToken)
  }

  package static func method<Member: Method>(
    _ method: Member.Type
  ) -> MethodEntry where Member.Context == Context {
    MethodEntry(declaration: method) { request, context in
      let params = try request.params.decode(Member.Params.self)
      try Member.admit(params, in: context)
      let output = try Member.run(params, in: context)
      return answered(output, request)
    }
  }

  package static func job<Member: JobMethod>(
    _ method: Member.Type
  ) -> MethodEntry where Member.Context == Context {
    MethodEntry(declaration: method) { request, context in
      let params = try request.params.decode(Member.Params.self)
      try Member.admit(params, in: context)
      switch try Member.start(params, in: context) {
      case .now(let output): return answered(output, request)
      case .later(let token): return .later(token)
      }
    }
  }

  private init<Member: MethodDeclaration>(
    declaration: Member.Type,
    invoke: @escaping @Sendable (Request, isolated Context) throws -> Outcome
  ) where Member.Context == Context {
    name = Member.name
    isMutating = Member.isMutating
    capability = Member.capability
    isOfWhole = Member.isOfWhole
    describe = { MethodDescription(Member.self, &$0) }
    self.invoke = invoke
  }

  private static func answered(_ output: some WireValue, _ request: Request) -> Outcome {
    .answered(request.id.map { Response.success(output, id: $0) } ?? [])
  }
}

/// What a schema, a client or a help page needs to know of one method.
package struct MethodDescription: Sendable {
  package let name: String
  package let summary: String
  package let details: String
  package let isMutating: Bool
  package let isRepeatable: Bool
  package let since: String
  package let capability: Capability?
  /// A reference to the object of the recorder whose fields are the params, in positional order.
  package let params: Schema
  package let result: Schema
  package let errors: [ErrorDescription]
  package let examples: [MethodExample]

  init<Member: MethodDeclaration>(_ method: Member.Type, _ recorder: inout SchemaRecorder) {
    name = Member.name
    summary = Member.summary
    details = Member.details
    isMutating = Member.isMutating
    (isRepeatable, since) = (Member.isRepeatable, Member.since)
    capability = Member.capability
    params = recorder.schema(of: Member.Params.self)
    result = recorder.schema(of: Member.Output.self)
    errors = Member.errors
    for error in errors { _ = error.schema(in: &recorder) }
    examples = Member.examples
  }
}
