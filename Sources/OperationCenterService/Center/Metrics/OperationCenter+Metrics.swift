import CampaignEngine
import JSONRPC
import Persistence
import Wire

/// The service's numbers, always in the same order. All of them are kept anyway: none walks over
/// guests, messages or executions.
extension OperationCenter {
  var metrics: [Metric] {
    processMetrics + recordMetrics + webhookMetrics + [queueMetric] + storageMetrics + readerMetrics
      + [requestMetric]
  }

  private var processMetrics: [Metric] {
    let uptime = (ContinuousClock.now - startedAt).components.seconds
    return [
      .gauge("uptime_seconds", "Time since the start of the process.", Int(clamping: uptime)),
      .gauge(
        "health_status", "Checks of system.health: 0 is ok, 1 degraded, 2 failing.", by: "check",
        healthChecks.map(\.status.rank), HealthCheckName.self),
      .gauge("sequence", "Number of the newest event.", Int(clamping: sequence)),
      .gauge(
        "durable_sequence", "Number of the newest event that is synced; 0 where nothing is kept.",
        Int(clamping: isPersistent ? durableSequence : 0)),
    ]
  }

  private var recordMetrics: [Metric] {
    let sums = RecordSums(engine.state)
    return [
      .gauge("senders", "Senders.", Int(engine.state.senders.count)),
      .gauge("projects", "Projects.", sums.projects),
      .gauge("guests", "Guests on lists.", sums.guests),
      .gauge(
        "campaigns", "Campaigns by status, without tests.", by: "status", sums.campaigns,
        CampaignStatus.self),
      .gauge(
        "executions", "Executions by status, without tests.", by: "status", sums.executions,
        ExecutionStatus.self),
      .gauge(
        "messages", "Outbound messages by status, without tests.", by: "status", sums.messages,
        without: MessageStatus.received),
      Metric(
        .gauge, "received_messages",
        "Inbound messages: routed to an execution, unrouted, or of a number on no list.",
        [
          MetricSample(sums.routed, [("routing", "routed")]),
          MetricSample(sums.unrouted, [("routing", "unrouted")]),
          MetricSample(sums.fromStrangers, [("routing", "unknown_number")]),
        ]),
      .gauge(
        "attention_messages", "Inbound messages that wait for an operator.", sums.needAttention),
    ]
  }

  private var webhookMetrics: [Metric] {
    let (queue, tally) = (engine.state.webhooks, engine.state.webhooks.tally)
    return [
      Metric(
        .counter, "webhooks_total", "Webhooks taken in.",
        [MetricSample(Int(clamping: tally.received))]),
      Metric(
        .counter, "webhook_items_total", "What was in them, by what became of it.",
        WebhookOutcome.allCases.map { outcome in
          MetricSample(Int(clamping: tally.count(of: outcome)), [("outcome", outcome.rawValue)])
        }),
      .gauge("waiting_webhooks", "Webhooks that are not worked off yet.", queue.waiting.count),
      .gauge("waiting_webhook_bytes", "The same in bytes.", queue.byteCount),
    ]
  }

  private var queueMetric: Metric {
    let state = engine.state
    let samples = state.senders.identified.flatMap { id, sender in
      let queue = SenderQueueView(sender, in: state)
      return [
        ("replies", queue.replies), ("campaigns", queue.campaigns), ("others", queue.others),
        ("daily_limit", queue.dailyLimit), ("template_stop", queue.templateStop),
      ].map { MetricSample($0.1, [("sender", id.wireText), ("queue", $0.0)]) }
    }
    return Metric(
      .gauge, "queued_messages", "Messages that wait at a sender, by what they wait for.", samples)
  }

  private var storageMetrics: [Metric] {
    let table = engine.state.idempotency
    return [
      .gauge(
        "journal_since_snapshot_bytes", "What a start would have to replay.",
        journal?.bytesSinceSnapshot ?? 0),
      Metric(
        .counter, "snapshots_total", "Snapshots by outcome.",
        [
          MetricSample(snapshots.tally.made, [("outcome", "made")]),
          MetricSample(snapshots.tally.failed, [("outcome", "failed")]),
        ]),
      .gauge("idempotency_keys", "Keys that are remembered.", table.count),
      .gauge("idempotency_bytes", "Their results.", table.byteCount),
      .gauge("history_events", "Events kept in memory for subscribers.", history.count),
      .gauge("history_bytes", "The same in bytes.", history.heldBytes),
    ]
  }

  private var readerMetrics: [Metric] {
    [
      .gauge(
        "subscriptions", "Subscriptions to events and to statistics.",
        subscriptions.count),
      Metric(
        .counter, "lagged_subscriptions_total",
        "Subscriptions that ended since the history had passed them.",
        [MetricSample(subscriptions.laggedCount)]),
      .gauge(
        "congested_connections", "Connections that do not read their answers.",
        congested.count),
    ]
  }

  /// Methods that nobody has called are left out.
  private var requestMetric: Metric {
    let names = dispatcher.registry.entries.map(\.name) + ["unknown"]
    let samples = zip(names, requestCounts.counts).flatMap { name, count in
      [("answered", count.answered), ("refused", count.refused)].filter { $0.1 > 0 }
        .map { MetricSample($0.1, [("method", name), ("outcome", $0.0)]) }
    }
    return Metric(
      .counter, "requests_total", "Requests by method and outcome; jobs count when they end.",
      samples)
  }
}
