/// Of whom and of what a question is asked.
package struct QuestionSubject: Hashable, Sendable {
  /// One of a household, where the question is asked for each; none for whoever is asked.
  var guest = GuestID.none
  /// Place of an event; nil where the question is of none.
  var event: Int?
  /// Which of several events it is, after it was said that it is some.
  var isChoosing = false
  /// The events are those of all who are asked together; of the text alone, and not kept.
  var isOfHousehold = false

  package init() {}

  init(guest: GuestID = .none, event: Int? = nil, isChoosing: Bool = false) {
    (self.guest, self.event, self.isChoosing) = (guest, event, isChoosing)
  }

  /// Nobody reaches so many events.
  private static let choosing = UInt16.max

  /// As rows of messages keep it.
  init(guest counter: UInt32, event place: UInt16, space: UInt32) {
    guest = counter == 0 ? .none : GuestID(space: space, counter: counter)
    isChoosing = place == Self.choosing
    event = place == 0 || isChoosing ? nil : Int(place) - 1
  }

  var eventPlace: UInt16 {
    isChoosing ? Self.choosing : event.map { UInt16(clamping: $0 + 1) } ?? 0
  }

  /// The same, as it was asked first.
  var beforeChoosing: QuestionSubject { QuestionSubject(guest: guest, event: event) }
}

/// A question of a form, and of whom and what it is asked.
struct AskedQuestion {
  var index: Int
  var subject = QuestionSubject()
}

extension Message {
  var subject: QuestionSubject {
    QuestionSubject(guest: aboutGuest, event: aboutEvent, space: execution.space)
  }
}
