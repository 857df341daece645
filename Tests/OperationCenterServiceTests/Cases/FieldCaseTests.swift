import Testing

import OperationCenterService

/// What people of this trade ran into, here and elsewhere: a file for each kind.
struct FieldCaseTests {
  @Test(arguments: try FieldCase.all())
  func `a session from the field is answered right`(_ session: FieldCase) throws {
    let faults = try session.play()
    #expect(faults.isEmpty)
  }

  @Test func `each kind is shown by several sessions`() throws {
    let kinds = Dictionary(grouping: try FieldCase.all(), by: \.file)
    for (file, sessions) in kinds.sorted(by: { $0.key < $1.key }) {
      #expect(sessions.count >= 4, "\(file)")
      #expect(Set(sessions.map(\.sentence)).count == sessions.count, "\(file)")
    }
  }
}
