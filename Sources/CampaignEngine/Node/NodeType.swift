import Wire

/// A kind of step, as documents and events name it.
package struct NodeType: WireEnum, Sendable {
  /// All kinds. The order is that of the binary form: only ever append.
  private static let contents: [any NodeContent.Type] = [
    TriggerNode.self,
    SendTemplateNode.self,
    SendMessageNode.self,
    WaitReplyNode.self,
    ConditionNode.self,
    DelayNode.self,
    GuestFormNode.self,
    UpdateGuestNode.self,
    SplitNode.self,
    EndNode.self,
    SendFlowNode.self,
  ]

  package static let allCases = contents.indices.map { NodeType(place: $0) }
  package static let trigger = NodeType(of: TriggerNode.self)

  private let place: Int

  private init(place: Int) { self.place = place }

  init(of content: any NodeContent.Type) {
    guard let place = Self.contents.firstIndex(where: { $0 == content }) else {
      preconditionFailure("\(content) stands in no list of kinds")
    }
    self.place = place
  }

  package init?(rawValue: String) {
    guard let place = Self.contents.firstIndex(where: { $0.typeName == rawValue }) else {
      return nil
    }
    self.place = place
  }

  package var rawValue: String { content.typeName }
  package var content: any NodeContent.Type { Self.contents[place] }
}
