import Wire

/// The `data` of a node, whose fields depend on its `type`.
package struct NodeData: WireUnion, Sendable {
  package var content: any NodeContent
  /// Set where the phase that the kind of node suggests is not the one wanted.
  package var phase: Phase?

  package init(tag: NodeType) { content = tag.content.init() }

  package var tag: NodeType { NodeType(of: type(of: content)) }
  package var traits: NodeTraits { type(of: content).traits }

  package mutating func caseFields(_ visit: inout some FieldVisitor) throws(WireError) {
    try content.fields(&visit)
    try visit.field("phase", &phase, "Where executions stand here, if not what the type suggests.")
    try content.laterFields(&visit)
  }
}

/// Where an execution stands, for people.
package enum Phase: String, WireEnum {
  case blasting, response, processing
  case followUp = "follow_up"
  case completion
}
