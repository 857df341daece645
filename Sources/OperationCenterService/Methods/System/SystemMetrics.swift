import JSONRPC
import Wire

struct SystemMetrics: ServiceMethod {
  static let name = "system.metrics"
  static let summary = "Gives the numbers of the service, as JSON or as Prometheus reads them."
  static let details = """
    With format json the answer has metrics; with format prometheus it has text, to be served as \
    content_type. Both give the same numbers in the same order: whole numbers, named opcenter_… with \
    the unit last. Counters end in _total; all but those of webhooks begin anew with the process. Records are those of \
    projects that were not deleted, without tests. Asking walks over no guests, messages or executions.
    """
  static let isMutating = false
  static let examples = [
    MethodExample(
      name: "A wedding on the eve of its answers",
      params: #"{"format":"json"}"#,
      result:
        #"{"metrics":[{"name":"opcenter_uptime_seconds","type":"gauge"},{"name":"opcenter_health_status","type":"gauge"},{"name":"opcenter_sequence","type":"gauge"},{"name":"opcenter_durable_sequence","type":"gauge"},{"name":"opcenter_senders","type":"gauge","samples":[{"labels":{},"value":1}]},{"name":"opcenter_projects","type":"gauge","samples":[{"labels":{},"value":2}]},{"name":"opcenter_guests","type":"gauge","samples":[{"labels":{},"value":6}]},{"name":"opcenter_campaigns","type":"gauge"},{"name":"opcenter_executions","type":"gauge"},{"name":"opcenter_messages","type":"gauge"},{"name":"opcenter_received_messages","type":"gauge"},{"name":"opcenter_attention_messages","type":"gauge"},{"name":"opcenter_webhooks_total","type":"counter","samples":[{"labels":{},"value":0}]},{"name":"opcenter_webhook_items_total","type":"counter"},{"name":"opcenter_waiting_webhooks","type":"gauge"},{"name":"opcenter_waiting_webhook_bytes","type":"gauge"},{"name":"opcenter_queued_messages","type":"gauge"},{"name":"opcenter_journal_since_snapshot_bytes","type":"gauge"},{"name":"opcenter_snapshots_total","type":"counter"},{"name":"opcenter_idempotency_keys","type":"gauge"},{"name":"opcenter_idempotency_bytes","type":"gauge"},{"name":"opcenter_history_events","type":"gauge"},{"name":"opcenter_history_bytes","type":"gauge"},{"name":"opcenter_subscriptions","type":"gauge"},{"name":"opcenter_lagged_subscriptions_total","type":"counter"},{"name":"opcenter_congested_connections","type":"gauge"},{"name":"opcenter_requests_total","type":"counter"}]}"#
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
