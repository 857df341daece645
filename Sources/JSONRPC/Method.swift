import Wire

/// What a method says about itself. Its schema, the clients and the help are rendered from this.
package protocol MethodDeclaration: SendableMetatype {
  /// The actor that a method runs on.
  associatedtype Context: Actor
  associatedtype Params: WireObject
  associatedtype Output: WireValue

  /// As it is called: `reminder.create`.
  static var name: String { get }
  /// One sentence.
  static var summary: String { get }
  /// What the sentence leaves out.
  static var details: String { get }
  /// Whether it changes anything that is kept; then it takes an idempotency key.
  static var isMutating: Bool { get }
  /// A repeat does no harm by its nature: it changes nothing, or what it says is known by its own name.
  static var isRepeatable: Bool { get }
  /// Version of the schema that had it first.
  static var since: String { get }
  /// What a caller needs for it; nil where everybody may call it, even unknown.
  static var capability: Capability? { get }
  /// It speaks of all that is held: nobody may call it who may see only a part.
  static var isOfWhole: Bool { get }
  /// Beyond those of JSON-RPC itself.
  static var errors: [ErrorDescription] { get }
  static var examples: [MethodExample] { get }
  /// Refuses who may not speak of what the params name. Asked before the method runs.
  static func admit(_ params: Params, in context: isolated Context) throws
}

extension MethodDeclaration {
  package static var details: String { "" }
  package static var isMutating: Bool { true }
  package static var isRepeatable: Bool { !isMutating }
  package static var since: String { "0.1.0" }
  package static var capability: Capability? { isMutating ? .operate : .query }
  package static var isOfWhole: Bool { false }
  package static var errors: [ErrorDescription] { [] }
  package static var examples: [MethodExample] { [] }
  package static func admit(_ params: Params, in context: isolated Context) throws {}
}

/// A command or a query: it returns its result.
///
/// The compiler cannot infer types through an `isolated` parameter of an associated type. A
/// service therefore refines this once, with its actor's name, and its methods conform to that:
///
///     protocol CenterMethod: Method where Context == Center {
///       override associatedtype Context = Center
///       override associatedtype Params
///       override associatedtype Output
///       static func run(_ params: Params, in center: isolated Center) throws -> Output
///     }
package protocol Method: MethodDeclaration {
  /// Throws an `RPCError`, or anything that converts to one, to refuse.
  static func run(_ params: Params, in context: isolated Context) throws -> Output
}

/// A method whose first answer may come later, while the loop goes on. The reply keeps its place
/// among those of its connection.
package protocol JobMethod: MethodDeclaration {
  static func start(_ params: Params, in context: isolated Context) throws -> JobStart<Output>
}

package enum JobStart<Output: WireValue>: Sendable {
  case now(Output)
  case later(JobToken)
}

/// Names one job to whoever answers for it later.
package struct JobToken: Hashable, Sendable {
  package let rawValue: UInt64
  /// It changes something with its answer and not before: later requests of its caller rely on it, and
  /// are begun after it.
  package let isChange: Bool

  package init(rawValue: UInt64, isChange: Bool = false) {
    (self.rawValue, self.isChange) = (rawValue, isChange)
  }
}

/// An error that a method may answer with, for its schema.
package struct ErrorDescription: Hashable, Sendable {
  package let code: Int
  package let message: String
  /// What its `data` is; nil where it has none.
  package let data: (any RefusalData.Type)?

  package init(code: Int, message: String, data: (any RefusalData.Type)? = nil) {
    (self.code, self.message, self.data) = (code, message, data)
  }

  package static func == (one: Self, other: Self) -> Bool {
    one.code == other.code && one.message == other.message
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(code)
    hasher.combine(message)
  }

  /// The schema of its data, which is recorded with all that it leads to.
  package func schema(in recorder: inout SchemaRecorder) -> Schema? {
    data.map { $0.describe(&recorder) }
  }
}

/// One call with its answer, as JSON texts, for the schema and the tests.
package struct MethodExample: Hashable, Sendable {
  package let name: String
  package let params: String
  package let result: String

  package init(name: String, params: String, result: String) {
    self.name = name
    self.params = params
    self.result = result
  }
}
