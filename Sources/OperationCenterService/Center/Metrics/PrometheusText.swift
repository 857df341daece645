import Wire

/// The text-based exposition format of Prometheus, version 0.0.4.
///
///     # HELP opcenter_campaigns Campaigns by status, without tests.
///     # TYPE opcenter_campaigns gauge
///     opcenter_campaigns{status="running"} 2
enum PrometheusText {
  static let contentType = "text/plain; version=0.0.4"

  static func text(of metrics: [Metric]) -> String {
    var text = ""
    for metric in metrics {
      text += "# HELP \(metric.name) \(escaped(metric.help, quotes: false))\n"
      text += "# TYPE \(metric.name) \(metric.type.rawValue)\n"
      for sample in metric.samples {
        text += "\(metric.name)\(labels(of: sample)) \(sample.value)\n"
      }
    }
    return text
  }

  private static func labels(of sample: MetricSample) -> String {
    guard !sample.labels.isEmpty else { return "" }
    let pairs = sample.labels.entries.map { "\($0.key)=\"\(escaped($0.value, quotes: true))\"" }
    return "{\(pairs.joined(separator: ","))}"
  }

  /// Quotes have a meaning in labels only.
  private static func escaped(_ text: String, quotes: Bool) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
