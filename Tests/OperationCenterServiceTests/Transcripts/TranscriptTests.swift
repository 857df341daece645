import CampaignEngine
import JSONRPC
import Persistence
import ServiceTesting
import Testing
import Wire

import OperationCenterService

struct TranscriptTests {
  @Test(arguments: try Transcript.all())
  func `a transcript is answered as it says`(_ transcript: Transcript) throws {
    let service =
      transcript.keepsNothing
      ? try InProcessService() : try InProcessService(on: MemoryStorage())
    let played = try transcript.play { frame, _ in try service.exchange(frame) }
    #expect(played.faults.isEmpty)
    #expect(service.state.checkInvariants().isEmpty)
  }

  /// Where every list is too long for one call, each is read on another thread or in slices. What is
  /// chosen or counted in slices is not told by the answer itself, as in these two.
  @Test(arguments: try Transcript.all().filter { !["bulk", "schedules"].contains($0.name) })
  func `the answers do not depend on how much is read at once`(_ transcript: Transcript) throws {
    let pace = Pace(tests: 1, walks: 1)
    let service =
      transcript.keepsNothing
      ? try InProcessService(pace: pace) : try InProcessService(on: MemoryStorage(), pace: pace)
    let played = try transcript.play { frame, _ in try service.exchange(frame) }
    #expect(played.faults.isEmpty)
    #expect(service.state.checkInvariants().isEmpty)
  }

  /// Nothing that an answer shows may live outside the journal.
  @Test(arguments: try Transcript.all().filter { !$0.keepsNothing })
  func `a service that is closed and opened before each call gives the same answers to the byte`(
    _ transcript: Transcript
  ) throws {
    let lasting = try InProcessService(on: MemoryStorage())
    let expected = try transcript.play { frame, _ in try lasting.exchange(frame) }
    let disk = MemoryStorage()
    let reopened = try transcript.play { frame, _ in
      let service = try InProcessService(on: disk)
      defer { try? service.close() }
      return try service.exchange(frame)
    }
    #expect(reopened.faults.isEmpty)
    for (one, other) in zip(expected.answers, reopened.answers) where one != other {
      Issue.record("\(text(one)) became \(text(other))")
    }
    let last = try InProcessService(on: disk)
    #expect(last.log.allSatisfy { $0.hasPrefix("restored events") })
    #expect(last.state.checkInvariants().isEmpty)
  }

  private func text(_ body: [UInt8]?) -> String {
    body.map { String(decoding: $0, as: UTF8.self) } ?? "nothing"
  }
}

/// Whether the transcripts say enough.
struct TranscriptCoverageTests {
  /// What the transcripts call, and how it is answered.
  private struct Coverage {
    var successes: Set<String> = []
    var refusals: [String: Set<Int>] = [:]
    var hasPath: Set<String> = []

    init() throws {
      for transcript in try Transcript.all() {
        for exchange in transcript.exchanges {
          guard case .string(let method)? = exchange.call["method"], let answer = exchange.answer
          else { continue }
          guard let error = answer["error"], case .number(let code)? = error["code"] else {
            successes.insert(method)
            continue
          }
          refusals[method, default: []].insert(Int(code) ?? 0)
          if case .string(let path)? = error["data"]?["path"], path.hasPrefix("params") {
            hasPath.insert(method)
          }
        }
      }
    }
  }

  private let coverage: Coverage
  private let methods: [MethodDescription]

  init() throws {
    coverage = try Coverage()
    var recorder = SchemaRecorder()
    methods = MethodRegistry<OperationCenter>.all.describe(into: &recorder)
  }

  /// No transcript can bring these about: they need a table, a queue or a disk that is full, or a
  /// caller who does not wait for the answer.
  private static let outOfReach: Set<Int> = [
    ServiceError.limitExceeded.code, ServiceError.storageFailed.code, ServiceError.overloaded.code,
    ServiceError.requestCancelled.code,
  ]

  @Test func `every method is called with success`() {
    let missing = methods.map(\.name).filter { !coverage.successes.contains($0) }
    #expect(missing.isEmpty)
  }

  @Test func `every method refuses wrong params and names the place`() {
    let missing = methods.map(\.name).filter { !coverage.hasPath.contains($0) }
    #expect(missing.isEmpty)
  }

  @Test func `every error that a method declares comes about`() {
    for method in methods {
      // Keys that were used before are tried once; all methods share the code for them.
      let declared = Set(method.errors.map(\.code)).subtracting(Self.outOfReach)
        .subtracting([ServiceError.conflict.code])
      let missing = declared.subtracting(coverage.refusals[method.name] ?? [])
        .subtracting(Self.unreachable[method.name] ?? [])
      #expect(missing.isEmpty, "\(method.name)")
    }
  }

  /// Declared for what no transcript brings about.
  private static let unreachable: [String: Set<Int>] = [
    "campaign.forecast": [ServiceError.notReady.code],
    // Events are gone after a snapshot and a restart.
    "events.list": [ServiceError.gone.code], "events.subscribe": [ServiceError.gone.code],
    "campaign.test": [ServiceError.notReady.code],
    // Where a token is asked for; the tests of `Access` do.
    "system.authenticate": [ServiceError.unauthenticated.code, ServiceError.invalidState.code],
  ]

  @Test func `no method gives an error that it does not declare`() {
    let ofProtocol = [
      RPCError.Code.parseError, RPCError.Code.invalidRequest, RPCError.Code.invalidParams,
    ]
    for method in methods {
      let declared = Set(method.errors.map(\.code) + ofProtocol)
      let surplus = (coverage.refusals[method.name] ?? []).subtracting(declared)
      #expect(surplus.isEmpty, "\(method.name)")
    }
  }

  @Test func `error codes and their names are those of the contract`() {
    let table: [(ErrorDescription, Int, String)] = [
      (ServiceError.notFound, 1001, "not_found"),
      (ServiceError.invalidState, 1002, "invalid_state"),
      (ServiceError.conflict, 1003, "conflict"),
      (ServiceError.limitExceeded, 1004, "limit_exceeded"),
      (ServiceError.notReady, 1005, "not_ready"),
      (ServiceError.unauthenticated, 1006, "unauthenticated"),
      (ServiceError.forbidden, 1007, "forbidden"),
      (ServiceError.storageFailed, 1009, "storage_failed"),
      (ServiceError.gone, 1010, "gone"),
    ]
    for (error, code, name) in table {
      #expect(error.code == code)
      #expect(error.message == name)
    }
    #expect(RPCError.Code.invalidParams == -32602)
    #expect(RPCError.Code.limitExceeded == 1004)
    #expect(RPCError.Code.overloaded == 1008)
  }

  /// An error that any transcript shows says its code's name in `kind`.
  @Test func `every refusal says its kind`() throws {
    let kinds = [
      -32602: "invalid_params", 1001: "not_found", 1002: "invalid_state", 1003: "conflict",
      1004: "limit_exceeded", 1005: "not_ready",
    ]
    var seen: Set<Int> = []
    for exchange in try Transcript.all().flatMap(\.exchanges) {
      guard let error = exchange.answer?["error"], case .number(let text)? = error["code"],
        let code = Int(text), let kind = kinds[code]
      else { continue }
      seen.insert(code)
      #expect(error["data"]?["kind"] == .string(kind))
    }
    #expect(seen.isSuperset(of: [-32602, 1001, 1002, 1003, 1005]))
  }
}
