/// Nodes that may come after others, and those themselves.
/// - Parameter next: where a way may lead from a node.
func nodes(reachableFrom starts: [Int], next: (Int) -> [Int]) -> Set<Int> {
  var seen = Set(starts)
  var queue = starts
  while let node = queue.popLast() {
    for target in next(node) where seen.insert(target).inserted { queue.append(target) }
  }
  return seen
}
