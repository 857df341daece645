import JSONRPC
import Testing

import OperationCenterService

struct CapabilityTests {
  private let methods = MethodRegistry<OperationCenter>.all.entries

  private func names(_ capability: Capability?) -> Set<String> {
    Set(methods.filter { $0.capability == capability }.map(\.name))
  }

  @Test func `every method but authentication needs a capability`() {
    #expect(names(nil) == ["system.authenticate"])
  }

  /// Those that may be known here before they are there.
  @Test func `what comes in from outside and what carries messages is for ingest`() {
    let known = Set(methods.map(\.name))
    let expected: Set = [
      "message.receive", "message.report_status", "webhook.receive", "outbox.claim",
      "outbox.report", "template.report_status",
    ]
    #expect(names(.ingest) == expected.intersection(known))
  }

  @Test func `what others rely on and whole persons are for administer`() {
    #expect(
      names(.administer) == [
        "sender.create", "sender.update", "guest.erase", "guest.export", "system.snapshot",
        "system.shutdown",
      ])
  }

  @Test func `whoever may only read changes nothing`() {
    for method in methods where method.capability == .query {
      #expect(!method.isMutating, "\(method.name)")
    }
    #expect(names(.query).isSuperset(of: ["guest.list", "events.subscribe", "rpc.discover"]))
    for method in methods where method.capability == .operate {
      #expect(method.isMutating, "\(method.name)")
    }
  }
}
