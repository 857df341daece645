import CampaignEngine
import Wire

/// A sender by identifier or by number: whoever listens to WhatsApp knows only the number.
enum SenderReference: WireText, Equatable {
  case none
  case id(SenderID)
  case phone(Phone)

  static var expected: String {
    "a sender's identifier such as snd_1, or its number such as +6281100000001"
  }
  static var documentation: String { "A sender: its identifier, or its number in E.164." }
  static var example: String { "snd_1" }
  static var expression: String? { "^(snd_[0-9a-z]+|\\+[1-9][0-9]{7,14})$" }

  init?(wireText: String) {
    if let id = SenderID(wireText: wireText) {
      self = .id(id)
    } else if let phone = Phone(wireText: wireText) {
      self = .phone(phone)
    } else {
      return nil
    }
  }

  var wireText: String {
    switch self {
    case .none: ""
    case .id(let id): id.wireText
    case .phone(let phone): phone.wireText
    }
  }

  func resolved(in center: isolated OperationCenter) throws -> SenderID {
    switch self {
    case .id(let id) where center.engine.state.find(id) != nil: return id
    case .phone(let phone):
      if let id = center.engine.state.sender(with: phone) { return id }
    case .none, .id: break
    }
    throw notFound
  }
}
