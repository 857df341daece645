import Testing

@testable import CampaignEngine

struct LongestWaysTests {
  /// All ways, one by one.
  private func tried(_ successors: [[Int]]) -> [Int] {
    func way(_ node: Int, _ seen: Set<Int>) -> Int {
      let next = successors[node].filter { !seen.contains($0) }
      return 1 + (next.map { way($0, seen.union([$0])) }.max() ?? 0)
    }
    return successors.indices.map { way($0, [$0]) }
  }

  private func draw(_ below: Int, _ words: Int...) -> Int {
    var hash = StableHash()
    for word in words { hash.add(UInt64(word)) }
    return Int(hash.value % UInt64(below))
  }

  @Test(arguments: 0..<1000)
  func `small graphs have the ways that trying all of them finds`(seed: Int) {
    let count = 1 + draw(8, seed)
    let successors = (0..<count).map { node in
      let targets = (0..<draw(4, seed, node)).map { draw(count, seed, node, $0) }
      return Set(targets).sorted()
    }
    let found = LongestWays(successors)
    #expect(found.ways == tried(successors), "\(successors)")
    #expect(found.looks <= Limits.looksForLongestWays)
  }

  @Test func `what no way leads back to is exact at any size`() {
    // Ladders: two ways from each rung to the next, one of them longer. 2^166 ways in all.
    let count = Limits.nodesPerChatflow
    let successors = (0..<count).map { node in
      (node.isMultiple(of: 3) ? [node + 1, node + 2, node + 3] : [node + 1]).filter { $0 < count }
    }
    let found = LongestWays(successors)
    #expect(found.ways == (1...count).reversed())
    #expect(found.looks == 0)
  }

  @Test(arguments: [2, 4, 22])
  func `a graph of one group is given up after as many looks as are allowed`(waysOut: Int) {
    let count = 490
    let successors = (0..<count).map { node in
      Set((0..<waysOut).map { (node + 1 + $0 * 13) % count }).sorted()
    }
    let found = LongestWays(successors)
    #expect(found.looks <= Limits.looksForLongestWays)
    #expect(found.ways.allSatisfy { $0 == count })
    #expect(LongestWays(successors, mostLooks: 0).looks == 0)
  }

  @Test func `a group that is given up counts in full, and those before it go on from there`() {
    // 2, 3 and 4 are the group.
    let successors = [[1], [2], [3], [4, 2], [2, 5], [6], []]
    #expect(LongestWays(successors).ways == [7, 6, 5, 4, 3, 2, 1])
    let given = LongestWays(successors, mostLooks: 0)
    #expect(given.ways == [7, 6, 5, 5, 5, 2, 1])
    #expect(given.looks == 0)
  }

  @Test func `groups are those that lead back, each after what it leads to`() {
    let found = NodeGroups([[1], [2, 3], [1], [4], [4, 5], []])
    #expect(found.groups.map(Set.init) == [[5], [4], [3], [1, 2], [0]])
    #expect(found.groupOf == [4, 3, 3, 2, 1, 0])
    #expect(NodeGroups([]).groups.isEmpty)
  }
}
