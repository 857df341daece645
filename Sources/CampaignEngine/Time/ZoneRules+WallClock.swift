/// What the wall clock of a zone has shown, in milliseconds since its 1970, when clocks are set.
extension ZoneRules {
  /// The latest time that the clock has shown so far. After it was set back that is ahead of what it
  /// shows: a fixed time that came once does not come again.
  func latestWallClock(at time: Timestamp) -> Int64 {
    var index = firstTransition(after: time)
    var latest = time.milliseconds + offset(beforeTransition: index) * 1000
    while index > 0 {
      index -= 1
      let at = transitions[index].atSeconds * 1000
      if at < time.milliseconds - Self.farthestClock { break }
      latest = max(latest, at + offset(beforeTransition: index) * 1000 - 1)
    }
    return latest
  }

  /// The first moment at which the clock shows this time or a later one.
  func firstMoment(reaching wallClock: Int64) -> Timestamp {
    var index = firstTransition(after: Timestamp(milliseconds: wallClock - Self.farthestClock))
    var start = index == 0 ? Int64.min : transitions[index - 1].atSeconds * 1000
    while true {
      let moment = max(start, wallClock - offset(beforeTransition: index) * 1000)
      guard index < transitions.count, moment >= transitions[index].atSeconds * 1000 else {
        return Timestamp(milliseconds: moment)
      }
      start = transitions[index].atSeconds * 1000
      index += 1
    }
  }

  /// Place of the first change after a moment; the number of changes where there is none.
  func firstTransition(after time: Timestamp) -> Int {
    let seconds = time.milliseconds.flooredQuotient(1000)
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle].atSeconds <= seconds { low = middle + 1 } else { high = middle }
    }
    return low
  }

  func offset(beforeTransition index: Int) -> Int64 {
    index == 0 ? initialOffsetSeconds : transitions[index - 1].offsetSeconds
  }

  /// Clocks are set by a day at most, where a country changes the side of the date line.
  private static let farthestClock: Int64 = 2 * 86_400_000
}
