import Testing

import CampaignEngine

struct TableTests {
  @Test func `rows are found by the identifiers that they were given, in any space`() {
    var table = Table<CampaignKind, String>()
    for (place, text) in ["first", "second", "third"].enumerated() {
      #expect(table.nextCounter == UInt32(place + 1))
      #expect(table.append(text) == UInt32(place + 1))
    }
    for space in [UInt32(0), 7] {
      #expect(table.ids(in: space).map { table[$0] } == ["first", "second", "third"])
      #expect(table.ids(in: space).allSatisfy { $0.space == space })
      #expect(table.identified(in: space).map(\.row) == table.rows)
      #expect(table.identified(in: space).map(\.id) == Array(table.ids(in: space)))
      #expect(table.firstID(in: space) { $0 > "first" } == CampaignID(space: space, counter: 2))
    }
    #expect(table.firstID(in: 0) { $0.isEmpty } == nil)
    table[CampaignID(space: 0, counter: 2)] += "!"
    #expect(table.rows == ["first", "second!", "third"])
    #expect(table.derived(\.count).rows == [5, 7, 5])
  }

  @Test func `an identifier from outside is asked for before it is used`() {
    var table = Table<CampaignKind, Int>()
    #expect(!table.contains(CampaignID(space: 0, counter: 1)))
    table.append(contentsOf: [1, 2])
    let found = [UInt32(0), 1, 2, 3, .max].map { table.contains(CampaignID(space: 0, counter: $0)) }
    #expect(found == [false, true, true, false, false])
  }

  @Test func `a project owns the space before its own number`() {
    var projects = Table<ProjectKind, String>(["a", "b"])
    #expect(projects.spaces.map { projects[$0] } == ["a", "b"])
    #expect(
      projects[of: GuestID(space: 1, counter: 9)] == projects[ProjectID(space: 0, counter: 2)])
    projects[of: GuestID(space: 0, counter: 9)] = "c"
    #expect(projects.rows == ["c", "b"])
  }

  @Test func `a message is at home with its project, or with the sender where none knows it`() {
    let sender = SenderID(space: 0, counter: 3)
    let loose = MessageID(of: sender, counter: 5)
    guard case .sender(sender) = loose.home else {
      Issue.record("\(loose.wireText) is at home with \(loose.home)")
      return
    }
    #expect(loose.counter == 5 && !loose.isOfProject)
    let known = MessageID(space: 2, counter: 5)
    guard case .project(2) = known.home else {
      Issue.record("\(known.wireText) is at home with \(known.home)")
      return
    }
    #expect(known.isOfProject)
  }
}
