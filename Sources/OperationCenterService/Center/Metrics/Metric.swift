import Wire

package enum MetricType: String, WireEnum {
  /// Only ever grows while the process lives.
  case counter
  case gauge
}

/// One number of the service, or one for each of several labels.
package struct Metric: WireObject {
  package var name = ""
  package var type = MetricType.gauge
  package var help = ""
  package var samples: [MetricSample] = []

  package init() {}

  init(_ type: MetricType, _ name: String, _ help: String, _ samples: [MetricSample]) {
    (self.type, self.name, self.help, self.samples) = (type, "opcenter_\(name)", help, samples)
  }

  static func gauge(_ name: String, _ help: String, _ value: Int) -> Metric {
    Metric(.gauge, name, help, [MetricSample(value)])
  }

  /// One sample for each case, those of zero too.
  static func gauge<Case: WireEnum>(
    _ name: String, _ help: String, by label: String, _ counts: [Int], without left: Case? = nil,
    _ type: Case.Type = Case.self
  ) -> Metric {
    let samples = zip(Case.allCases, counts).filter { $0.0 != left }.map {
      MetricSample($0.1, [(label, $0.0.rawValue)])
    }
    return Metric(.gauge, name, help, samples)
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field(
      "name", &name, "As Prometheus names things: the unit comes last, then _total of counters.")
    try visit.field("type", &type, "A counter only grows, as long as the process lives.")
    try visit.field("help", &help, "What it counts.")
    try visit.field("samples", &samples, "In a fixed order.")
  }
}

package struct MetricSample: WireObject {
  package var labels = WireMap<String>()
  package var value = 0

  package init() {}

  init(_ value: Int, _ labels: [(String, String)] = []) {
    self.value = value
    for (name, text) in labels { self.labels.entries.append((name, text)) }
  }

  package mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
    try visit.field("labels", &labels, "What tells it from the others.")
    try visit.field("value", &value, "A whole number.")
  }
}
