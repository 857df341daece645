/// A peer that has yet to say who it is.
struct Stranger {
  /// By when.
  let deadline: Int64
  /// What it will be told, and when.
  private(set) var verdict: (value: Verdict, at: Int64)?

  init(deadline: Int64) { self.deadline = deadline }

  mutating func judge(_ verdict: Verdict, at now: Int64) {
    self.verdict = (verdict, now + verdict.delayMilliseconds)
  }

  /// What it is told now, if the time for that has come.
  mutating func takeVerdict(at now: Int64) -> Verdict? {
    guard let verdict, verdict.at <= now else { return nil }
    self.verdict = nil
    return verdict.value
  }
}
