/// Of whom and of what a question is asked.
package struct QuestionSubject: Hashable, Sendable {
  /// The guest who is asked, where it is none of the others.
  var guest = GuestID.none
  /// Place of an event; nil where the question is of none.
  var event: Int?

  package init() {}
  init(guest: GuestID = .none, event: Int? = nil) { (self.guest, self.event) = (guest, event) }
}
