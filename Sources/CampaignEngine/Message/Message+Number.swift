extension State {
  /// The number that a message went to, or is to go to. A guest may have another by now, and what was
  /// sent was sent, and is billed, where it went.
  package func number(of message: Message) -> Phone {
    let isSent = message.attempts > 0 || message.guest.isNone
    // Read where it lies: every delivery asks.
    return isSent
      ? senders[message.sender].persons[message.person].phone
      : self[message.guest].phone
  }
}
