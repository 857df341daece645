import JSONRPC
import Wire

struct SystemMetrics: ServiceQuery {
  static let name = "system.metrics"
  static let isOfWhole = true
  static let summary = "Gives the numbers of the service, as JSON or as Prometheus reads them."
  static let details = """
    With format json the answer has metrics; with format prometheus it has text, to be served as \
    content_type. Both give the same numbers in the same order: whole numbers, named opcenter_… with \
    the unit last. Counters end in _total; all but those of webhooks begin anew with the process. Records are those of \
    projects that were not deleted, without tests. Asking walks over no guests, messages or executions.
    """
  static let examples = [
    MethodExample(
      name: "A wedding on the eve of its answers",
      params: #"{"format":"json"}"#,
      result:
        #"{"metrics":[{"name":"opcenter_uptime_seconds","type":"gauge","help":"Time since the start of the process.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_health_status","type":"gauge","help":"Checks of system.health: 0 is ok, 1 degraded, 2 failing.","samples":[{"labels":{"check":"storage"},"value":0},{"labels":{"check":"journal"},"value":0},{"labels":{"check":"snapshot"},"value":0},{"labels":{"check":"erasure"},"value":0},{"labels":{"check":"clock"},"value":0},{"labels":{"check":"work"},"value":0},{"labels":{"check":"outcomes"},"value":0},{"labels":{"check":"attention"},"value":0},{"labels":{"check":"templates"},"value":0},{"labels":{"check":"senders"},"value":0},{"labels":{"check":"readers"},"value":0}]},{"name":"opcenter_sequence","type":"gauge","help":"Number of the newest event.","samples":[{"labels":{},"value":96}]},{"name":"opcenter_durable_sequence","type":"gauge","help":"Number of the newest event that is synced; 0 where nothing is kept.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_senders","type":"gauge","help":"Senders.","samples":[{"labels":{},"value":1}]},{"name":"opcenter_projects","type":"gauge","help":"Projects.","samples":[{"labels":{},"value":2}]},{"name":"opcenter_guests","type":"gauge","help":"Guests on lists.","samples":[{"labels":{},"value":6}]},{"name":"opcenter_campaigns","type":"gauge","help":"Campaigns by status, without tests.","samples":[{"labels":{"status":"draft"},"value":1},{"labels":{"status":"scheduled"},"value":0},{"labels":{"status":"running"},"value":2},{"labels":{"status":"paused"},"value":0},{"labels":{"status":"completed"},"value":0},{"labels":{"status":"cancelled"},"value":0}]},{"name":"opcenter_executions","type":"gauge","help":"Executions by status, without tests.","samples":[{"labels":{"status":"pending"},"value":0},{"labels":{"status":"active"},"value":0},{"labels":{"status":"waiting"},"value":4},{"labels":{"status":"paused"},"value":0},{"labels":{"status":"completed"},"value":0},{"labels":{"status":"failed"},"value":1},{"labels":{"status":"cancelled"},"value":0},{"labels":{"status":"skipped"},"value":1}]},{"name":"opcenter_messages","type":"gauge","help":"Outbound messages by status, without tests.","samples":[{"labels":{"status":"pending"},"value":1},{"labels":{"status":"queued"},"value":0},{"labels":{"status":"sending"},"value":2},{"labels":{"status":"accepted"},"value":0},{"labels":{"status":"held"},"value":0},{"labels":{"status":"sent"},"value":0},{"labels":{"status":"delivered"},"value":2},{"labels":{"status":"read"},"value":0},{"labels":{"status":"failed"},"value":1},{"labels":{"status":"suppressed"},"value":0},{"labels":{"status":"cancelled"},"value":0},{"labels":{"status":"outcome_unknown"},"value":0}]},{"name":"opcenter_received_messages","type":"gauge","help":"Inbound messages: routed to an execution, unrouted, or of a number on no list.","samples":[{"labels":{"routing":"routed"},"value":1},{"labels":{"routing":"unrouted"},"value":0},{"labels":{"routing":"unknown_number"},"value":1}]},{"name":"opcenter_attention_messages","type":"gauge","help":"Inbound messages that wait for an operator.","samples":[{"labels":{},"value":1}]},{"name":"opcenter_webhooks_total","type":"counter","help":"Webhooks taken in.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_webhook_items_total","type":"counter","help":"What was in them, by what became of it.","samples":[{"labels":{"outcome":"applied"},"value":0},{"labels":{"outcome":"refused"},"value":0},{"labels":{"outcome":"skipped"},"value":0}]},{"name":"opcenter_waiting_webhooks","type":"gauge","help":"Webhooks that are not worked off yet.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_waiting_webhook_bytes","type":"gauge","help":"The same in bytes.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_queued_messages","type":"gauge","help":"Messages that wait at a sender, by what they wait for.","samples":[{"labels":{"sender":"snd_1","queue":"replies"},"value":0},{"labels":{"sender":"snd_1","queue":"campaigns"},"value":1},{"labels":{"sender":"snd_1","queue":"others"},"value":0},{"labels":{"sender":"snd_1","queue":"daily_limit"},"value":0},{"labels":{"sender":"snd_1","queue":"template_stop"},"value":0}]},{"name":"opcenter_journal_since_snapshot_bytes","type":"gauge","help":"What a start would have to replay.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_snapshots_total","type":"counter","help":"Snapshots by outcome.","samples":[{"labels":{"outcome":"made"},"value":0},{"labels":{"outcome":"failed"},"value":0}]},{"name":"opcenter_idempotency_keys","type":"gauge","help":"Keys that are remembered.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_idempotency_bytes","type":"gauge","help":"Their results.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_history_events","type":"gauge","help":"Events kept in memory for subscribers.","samples":[{"labels":{},"value":96}]},{"name":"opcenter_history_bytes","type":"gauge","help":"The same in bytes.","samples":[{"labels":{},"value":8100}]},{"name":"opcenter_subscriptions","type":"gauge","help":"Subscriptions to events and to statistics.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_lagged_subscriptions_total","type":"counter","help":"Subscriptions that ended since the history had passed them.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_congested_connections","type":"gauge","help":"Connections that do not read their answers.","samples":[{"labels":{},"value":0}]},{"name":"opcenter_requests_total","type":"counter","help":"Requests by method and outcome; jobs count when they end.","samples":[{"labels":{"method":"sender.create","outcome":"answered"},"value":1},{"labels":{"method":"project.create","outcome":"answered"},"value":2},{"labels":{"method":"guest.import","outcome":"answered"},"value":1},{"labels":{"method":"template.create","outcome":"answered"},"value":4},{"labels":{"method":"chatflow.create","outcome":"answered"},"value":2},{"labels":{"method":"campaign.create","outcome":"answered"},"value":3},{"labels":{"method":"campaign.start","outcome":"answered"},"value":2},{"labels":{"method":"message.receive","outcome":"answered"},"value":2},{"labels":{"method":"message.report_status","outcome":"answered"},"value":3}]}],"as_of":{"sequence":96,"at":"2026-11-22T09:55:00.000Z"}}"#
    )
  ]

  enum Format: String, WireEnum { case json, prometheus }

  struct Params: WireObject {
    var format = Format.json
    static var schemaName: String { "MetricsParams" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("format", &format, "How the numbers are written.", .defaulted)
    }
  }

  struct Output: WireObject {
    var metrics: [Metric]?
    var contentType: String?
    var text: String?
    var asOf = AsOf()
    static var schemaName: String { "Metrics" }

    mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
      try visit.field("metrics", &metrics, "With format json.", .omittable)
      try visit.field(
        "content_type", &contentType, "With format prometheus: text/plain; version=0.0.4.",
        .omittable)
      try visit.field(
        "text", &text, "With format prometheus: the text-based exposition format.", .omittable)
      try visit.field("as_of", &asOf, "When this was true.")
    }
  }

  static func run(_ params: Params, in center: isolated OperationCenter) throws -> Output {
    let metrics = center.metrics
    var output = Output()
    switch params.format {
    case .json: output.metrics = metrics
    case .prometheus:
      output.contentType = PrometheusText.contentType
      output.text = PrometheusText.text(of: metrics)
    }
    output.asOf = center.asOf
    return output
  }
}
