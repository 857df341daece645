import JSONRPC
import Synchronization
import Wire

/// A service with a method of every kind.
actor TestCenter {
  var calls: [String] = []
  /// How each request went: the name of its method and its course.
  var courses: [String] = []
  var waiting: WaitingAnswer?
  let observed = Observed()
  let dispatcher: Dispatcher<TestCenter>

  /// What the dispatcher told nobody else.
  final class Observed: Sendable {
    let notes = Mutex<[String]>([])

    func note(_ text: String) {
      notes.withLock { $0.append(text) }
    }
  }

  init(
    limits: Limits = .standard,
    permit: @escaping Dispatcher<TestCenter>.Permission = { _, _, _ in }
  ) {
    let observed = observed
    dispatcher = Dispatcher(
      testRegistry, limits: limits,
      observe: { observation in
        switch observation {
        case .strayAnswer: observed.note("stray answer")
        case .internalFault(let method, let error): observed.note("\(method): \(error)")
        }
      }, permit: permit,
      cancel: { id, begun, center in
        let text = String(decoding: id.bytes, as: UTF8.self)
        center.note("cancel \(([text] + begun.map { "\($0.rawValue)" }).joined(separator: " "))")
      },
      count: { place, course, center in
        let name = place.map { testRegistry.entries[$0].name } ?? "none"
        switch course {
        case .answered: center.courses.append("\(name) answered")
        case .refused: center.courses.append("\(name) refused")
        case .begun(let job): center.courses.append("\(name) begun \(job.rawValue)")
        }
      })
  }

  /// The answer as text; nil when nothing is said.
  func answer(_ text: String) -> String? {
    answer(Array(text.utf8))
  }

  func answer(_ bytes: [UInt8]) -> String? {
    switch dispatcher.answer(bytes[...], in: self) {
    case .nothing: return nil
    case .complete(let body): return String(decoding: body, as: UTF8.self)
    case .waiting(let answer):
      waiting = answer
      return "waiting"
    }
  }

  func finish(_ job: UInt64, with text: String) -> String? {
    waiting?.answer(JobToken(rawValue: job), with: text)
    return waiting?.completed.map { String(decoding: $0, as: UTF8.self) }
  }

  func refuse(_ job: UInt64, with error: RPCError) -> String? {
    waiting?.refuse(JobToken(rawValue: job), with: error)
    return waiting?.completed.map { String(decoding: $0, as: UTF8.self) }
  }

  var waitingIDs: [String] {
    (waiting?.waiting ?? []).map { String(decoding: $0.id.bytes, as: UTF8.self) }
  }

  func note(_ call: String) {
    calls.append(call)
  }

  var notes: [String] { observed.notes.withLock { $0 } }
}

let testRegistry = MethodRegistry<TestCenter>([
  .method(Join.self), .method(Ping.self), .method(Broken.self), .method(Refuse.self),
  .method(Long.self),
  .job(Work.self),
])

protocol CenterMethod: Method where Context == TestCenter {
  override associatedtype Context = TestCenter
  override associatedtype Params
  override associatedtype Output
  static func run(_ params: Params, in center: isolated TestCenter) throws -> Output
}

protocol CenterJob: JobMethod where Context == TestCenter {
  override associatedtype Context = TestCenter
  override associatedtype Params
  override associatedtype Output
  static func start(
    _ params: Params, in center: isolated TestCenter
  ) throws -> JobStart<Output>
}

struct NoParams: WireObject {
  mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {}
}

struct Join: CenterMethod {
  static let name = "text.join"
  static let summary = "Joins two texts."
  static let errors = [ErrorDescription(code: 1001, message: "not found")]
  static let examples = [MethodExample(name: "two", params: "{\"left\":\"a\"}", result: "\"a-\"")]
  static let isMutating = false

  struct Params: WireObject {
    static let schemaName = "JoinParams"
    var left = ""
    var right: String?

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("left", &left, "The first.", .length(0...8))
      try visit.field("right", &right, "The second.")
    }
  }

  static func run(_ params: Params, in center: isolated TestCenter) throws -> String {
    center.note("join \(params.left)-\(params.right ?? "")")
    return "\(params.left)-\(params.right ?? "")"
  }
}

struct Ping: CenterMethod {
  static let name = "ping"
  static let summary = "Answers null."

  static func run(_ params: NoParams, in center: isolated TestCenter) throws -> String? {
    center.note("ping")
    return nil
  }
}

struct Broken: CenterMethod {
  struct Secret: Error {}
  static let name = "broken"
  static let summary = "Fails by our own fault."

  static func run(_ params: NoParams, in center: isolated TestCenter) throws -> String {
    throw Secret()
  }
}

struct Refuse: CenterMethod {
  struct Rejection: RPCErrorConvertible {
    var rpcError: RPCError {
      RPCError(
        code: 1002, message: "it is running",
        data: RawJSON(validated: Array(#"{"kind":"invalid_state"}"#.utf8)))
    }
  }
  static let name = "refuse"
  static let summary = "Refuses."

  static func run(_ params: NoParams, in center: isolated TestCenter) throws -> String {
    throw Rejection()
  }
}

struct Long: CenterMethod {
  static let name = "long"
  static let summary = "Answers a hundred letters."

  static func run(_ params: NoParams, in center: isolated TestCenter) throws -> String {
    center.note("long")
    return String(repeating: "x", count: 100)
  }
}

struct Work: CenterJob {
  static let name = "work"
  static let summary = "Answers later, unless it need not."

  struct Params: WireObject {
    static let schemaName = "WorkParams"
    var job = 0

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("job", &job, "Its number; 0 answers at once.")
    }
  }

  static func start(_ params: Params, in center: isolated TestCenter) throws -> JobStart<String> {
    center.note("work \(params.job)")
    return params.job == 0 ? .now("done") : .later(JobToken(rawValue: UInt64(params.job)))
  }
}
