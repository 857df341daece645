import Foundation
import JSONRPC
import Persistence
import ServiceTesting
import Wire

import OperationCenterService

/// The small world in which the examples of the schema are played.
enum ExampleWorld {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

  static let (methods, objects): ([MethodDescription], [SchemaObject]) = {
    var recorder = SchemaRecorder()
    let methods = MethodRegistry<OperationCenter>.all.describe(into: &recorder)
    return (methods, recorder.objects)
  }()

  /// The world, and what comes before the examples of this one method.
  /// - Parameter access: who may call, where that is not everybody; then nothing is kept.
  static func service(
    for method: String, access: AccessPolicy = .open
  ) throws -> InProcessService {
    let before = try JSONLines.read(folder.appendingPathComponent("before.jsonl"))
      .filter { $0["example"] == .string(method) }
    let isKept = before.contains { $0["storage"] == .string("disk") }
    let isOpen = if case .open = access { true } else { false }
    let service =
      try isKept && isOpen
      ? InProcessService(on: MemoryStorage()) : InProcessService(access: access)
    // Whoever makes the world is the parent process.
    _ = service.center.assumeIsolated { $0.connectionOpened(1, from: nil) }
    for line in try JSONLines.read(folder.appendingPathComponent("world.jsonl")) + before {
      if let given = line["given"], case .string(let method)? = given["method"] {
        try service.call(method, given["params"])
      } else if case .string(let until)? = line["until"] {
        try service.run(until: time(until))
      }
    }
    return service
  }
}
