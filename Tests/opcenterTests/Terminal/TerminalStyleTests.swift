import Testing

@testable import opcenter

struct TerminalStyleTests {
  private func style(
    isTerminal: Bool = true, columns: Int? = 100, _ environment: [String: String]
  ) -> TerminalStyle {
    TerminalStyle(isTerminal: isTerminal, columns: columns, environment: { environment[$0] })
  }

  @Test func `a terminal has colour unless NO_COLOR is set to something`() {
    #expect(style(["TERM": "xterm"]).usesColor)
    #expect(style(["TERM": "xterm", "NO_COLOR": ""]).usesColor)
    #expect(!style(["TERM": "xterm", "NO_COLOR": "1"]).usesColor)
    #expect(style(["TERM": "xterm", "NO_COLOR": "1"]).isTerminal)
  }

  @Test func `a pipe and a dumb terminal have neither colour nor redrawing`() {
    for plain in [style(isTerminal: false, ["TERM": "xterm"]), style(["TERM": "dumb"]), style([:])]
    {
      #expect(!plain.isTerminal)
      #expect(!plain.usesColor)
    }
  }

  @Test(arguments: [nil, 0, -1])
  func `an unknown width is eighty columns`(columns: Int?) {
    #expect(style(columns: columns, [:]).columns == 80)
  }

  @Test(arguments: [
    (["LANG": "id_ID.UTF-8"], true), (["LANG": "C"], false), ([:], false),
    (["LANG": "C.UTF-8", "LC_ALL": "C"], false), (["LC_ALL": "", "LC_CTYPE": "en_US.utf8"], true),
  ])
  func `the locale decides whether Unicode is shown`(environment: [String: String], expected: Bool)
  {
    #expect(style(environment).usesUnicode == expected)
  }

  @Test func `a descriptor that is no terminal is asked without harm`() {
    #expect(!TerminalStyle(descriptor: -1).isTerminal)
  }
}
