import JSONRPC
import Wire

struct SystemHealth: ServiceQuery {
  static let name = "system.health"
  static let reach = ProjectReach.own
  static let summary = "Says whether anything is wrong, and what."
  static let details = """
    status is the worst of the checks, which are always all there and in this order. storage fails \
    where the disk has no room for changes. journal: no snapshot has come about for too long. \
    snapshot: the last ones failed, or the newest was damaged at the start. erasure: what was erased \
    is still on disk after 24 hours. clock: it went back by more than 10 seconds. work: something is \
    late by more than a minute. outcomes: messages of unknown outcome. attention: messages of guests \
    that no operator has looked after for 24 hours. templates: messages wait for one that WhatsApp \
    has stopped. senders: for more than 10 minutes nobody has claimed what is due. readers: \
    connections that do not read. Asking walks over no guests, messages or executions.
    """
  static let examples = [
    MethodExample(
      name: "All is well",
      params: "{}",
      result:
        #"{"status":"ok","checks":[{"name":"storage","status":"ok","message":"Nothing is kept: a restart begins with nothing."},{"name":"journal","status":"ok","message":"There is no journal."},{"name":"snapshot","status":"ok","message":"No snapshot has failed since the last good one."},{"name":"erasure","status":"ok","message":"Nothing that was erased is left on disk."},{"name":"clock","status":"ok","message":"The clock has not gone back."},{"name":"work","status":"ok","message":"All that is due is done."},{"name":"outcomes","status":"ok","message":"The outcome of every message is known."},{"name":"attention","status":"ok","message":"1 message of guests waits for an operator, the oldest for 4 minutes."},{"name":"templates","status":"ok","message":"No message waits for a template that WhatsApp has stopped."},{"name":"senders","status":"ok","message":"Nothing due waits to be claimed."},{"name":"readers","status":"ok","message":"All connections read what they are sent."}],"limits":{"requests":{"frame_bytes":6291456,"header_bytes":8192,"nesting":64,"batch_requests":100,"batch_answer_bytes":8388608},"connections":{"connections":0,"per_address":null,"requests_at_once":0,"output_bytes":0,"slow_bytes":0,"slow_time":"0s","frame_time":"0s","frame_bytes_per_second":0,"unauthenticated_time":"0s","unauthenticated_bytes":0},"events":{"subscriptions":32,"kept_events":524288,"kept_bytes":33554432},"storage":{"snapshot_bytes":268435456,"idempotency_keys":1000000,"idempotency_bytes":268435456,"idempotency_time":"24h","webhooks":4096,"webhook_bytes":67108864},"records":{"senders":10000,"projects":10000,"project_templates":2000,"project_chatflows":2000,"chatflow_nodes":500,"project_campaigns":10000,"project_reminders":10000,"import_rows":1000,"bulk_ids":10000,"claimed_sends":100}},"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]
  typealias Params = NoParams

  struct Output: WireObject {
    var status = HealthStatus.ok
    var checks: [HealthCheck] = []
    var limits = ServiceLimits()
    var asOf = AsOf()
    static var schemaName: String { "Health" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("status", &status, "The worst of the checks.")
      try visit.field("checks", &checks, "What was looked at, always in this order.")
      try visit.field("limits", &limits, "What the service bounds.")
      try visit.field("as_of", &asOf, "When this was true.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    var output = Output()
    output.checks = center.healthChecks
    output.status = output.checks.map(\.status).max() ?? .ok
    output.limits = ServiceLimits(center.configuration)
    output.asOf = center.asOf
    return output
  }
}
