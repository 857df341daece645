/// Picks guests who stand for a whole audience: some of each category and language, as far as the number
/// goes, and otherwise as many of each as it has of them. The same audience gives the same guests.
struct AudienceSample {
  private struct Group: Hashable {
    let language: String
    let category: Symbol
  }

  private var groups: [Group: [UInt32]] = [:]
  /// In the order in which they were met.
  private var order: [Group] = []

  mutating func add(_ guest: GuestID, in state: State) {
    let group = Group(language: state.language(of: guest), category: state[guest].category)
    if groups[group] == nil { order.append(group) }
    groups[group, default: []].append(guest.counter)
  }

  /// - Returns: counters of guests, lowest first.
  func pick(_ count: Int) -> [UInt32] {
    let members = ranked().map { groups[$0] ?? [] }
    let total = members.reduce(0) { $0 + $1.count }
    let wanted = min(count, total)
    guard wanted > 0 else { return [] }
    // One of each first, then the rest by size.
    var shares = members.indices.map { $0 < wanted ? 1 : 0 }
    let rest = wanted - shares.reduce(0, +)
    let open = zip(members, shares).map { $0.count - $1 }
    let openTotal = max(open.reduce(0, +), 1)
    for index in shares.indices { shares[index] += rest * open[index] / openTotal }
    let byRemainder = members.indices.sorted {
      let (one, other) = (rest * open[$0] % openTotal, rest * open[$1] % openTotal)
      return one == other ? $0 < $1 : one > other
    }
    for index in byRemainder
    where shares.reduce(0, +) < wanted && shares[index] < members[index].count {
      shares[index] += 1
    }
    return zip(members, shares).flatMap { spread($0, $1) }.sorted()
  }

  /// The largest group of each language, then all others by size: where the number is small, each language
  /// is tried.
  private func ranked() -> [Group] {
    let bySize = order.enumerated().sorted { one, other in
      let (first, second) = (groups[one.element]?.count ?? 0, groups[other.element]?.count ?? 0)
      return first == second ? one.offset < other.offset : first > second
    }.map(\.element)
    var languages: Set<String> = []
    let leading = bySize.filter { languages.insert($0.language).inserted }
    let leaders = Set(leading)
    return leading + bySize.filter { !leaders.contains($0) }
  }

  /// So many of a list, from its beginning to its end.
  private func spread(_ guests: [UInt32], _ count: Int) -> [UInt32] {
    (0..<count).map { guests[$0 * guests.count / count] }
  }
}
