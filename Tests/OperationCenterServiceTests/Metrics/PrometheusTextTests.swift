import Testing
import Wire

@testable import OperationCenterService

struct PrometheusTextTests {
  @Test func `a metric has its help, its type and a line for each sample, in their order`() {
    let metrics = [
      Metric(
        .counter, "requests_total", "Requests.",
        [
          MetricSample(12, [("method", "b"), ("outcome", "answered")]),
          MetricSample(-3, [("method", "a"), ("outcome", "refused")]),
        ]),
      .gauge("guests", "Guests.", 0),
    ]
    #expect(
      PrometheusText.text(of: metrics) == """
        # HELP opcenter_requests_total Requests.
        # TYPE opcenter_requests_total counter
        opcenter_requests_total{method="b",outcome="answered"} 12
        opcenter_requests_total{method="a",outcome="refused"} -3
        # HELP opcenter_guests Guests.
        # TYPE opcenter_guests gauge
        opcenter_guests 0

        """)
  }

  @Test func `a metric without samples still says what it is`() {
    #expect(
      PrometheusText.text(of: [Metric(.gauge, "queued", "Waits.", [])])
        == "# HELP opcenter_queued Waits.\n# TYPE opcenter_queued gauge\n")
    #expect(PrometheusText.text(of: []) == "")
  }

  @Test(arguments: [
    (#"plain"#, #"plain"#), (#"a\b"#, #"a\\b"#), (#"say "hi""#, #"say \"hi\""#),
    ("two\nlines", #"two\nlines"#), ("\r\n", "\r\\n"), ("Gäste, 招待", "Gäste, 招待"),
    (#"\n"#, #"\\n"#),
  ])
  func `values of labels are escaped`(value: String, escaped: String) {
    let metric = Metric(.gauge, "x", "", [MetricSample(1, [("label", value)])])
    let line = "opcenter_x{label=\"\(escaped)\"} 1\n"
    #expect(PrometheusText.text(of: [metric]).hasSuffix(line))
  }

  @Test func `help is escaped, quotes aside`() {
    let metric = Metric(.gauge, "x", "A \"word\",\na \\.", [])
    #expect(
      PrometheusText.text(of: [metric]).hasPrefix(#"# HELP opcenter_x A "word",\na \\."# + "\n"))
  }
}
