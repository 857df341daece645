import Wire

@testable import CampaignEngine

/// All that stands on the disk: events by number, blocks of snapshots by number, and the lists of
/// fields and cases that these reach, in their order.
struct StoredTypes: Equatable {
  struct Root: Equatable {
    var kind: Kind
    var number: Int
    var name: String
    var shape: StoredShape

    enum Kind: String { case event, block }
  }

  struct Field: Equatable {
    var name: String
    var shape: StoredShape
  }

  var roots: [Root] = []
  var objects: [String: [Field]] = [:]
  var enumerations: [String: [String]] = [:]

  /// Those of the program as it is.
  static var today: StoredTypes {
    var recorder = StoredTypeRecorder()
    for kind in EventKind.allCases.sorted(by: { $0.rawValue < $1.rawValue }) {
      recorder.types.roots.append(
        Root(
          kind: .event, number: Int(kind.rawValue), name: kind.name,
          shape: recorder.shape(of: kind.type)))
    }
    for tag in SnapshotTag.allCases {
      recorder.types.roots.append(
        Root(
          kind: .block, number: Int(tag.rawValue), name: "\(tag)",
          shape: recorder.shape(of: tag.contents)))
    }
    return recorder.types
  }
}

extension SnapshotTag {
  /// The type of what a block of this kind holds; one line a kind.
  var contents: any WireValue.Type {
    switch self {
    case .head: SnapshotHead.self
    case .zone: [ZoneRules].self
    case .remembered: [RememberedResult].self
    case .webhook: Webhook.self
    case .webhookTally: WebhookTally.self
    case .sender: Sender.self
    case .person: [Person].self
    case .senderMessage: [Message].self
    case .parkedReport: [ParkedReport].self
    case .erasedMessage: [ErasedMessage].self
    case .project: Project.self
    case .symbol: [String].self
    case .guest: [Guest].self
    case .template: [Template].self
    case .chatflow: StoredChatflow.self
    case .campaign: [Campaign].self
    case .execution: [Execution].self
    case .message: [Message].self
    case .bulk: Bulk.self
    case .reminder: StoredReminder.self
    case .erasure: [Erasure].self
    case .bulkItem: [BulkItem].self
    case .projectCounters: ProjectCounters.self
    }
  }
}

/// Walks field lists and notes what stands where.
struct StoredTypeRecorder: FieldVisitor {
  var types = StoredTypes()
  private var fields: [StoredTypes.Field] = []

  mutating func shape(of type: any WireValue.Type) -> StoredShape {
    if let container = type as? any StoredContainer.Type {
      return container.shape(of: shape(of: container.content))
    }
    if let object = type as? any WireObject.Type { return .object(record(object)) }
    if let enumeration = type as? any WireEnum.Type {
      types.enumerations[storedName(of: type)] = words(of: enumeration)
      return .enumeration(storedName(of: type))
    }
    return .leaf(storedName(of: type))
  }

  private func words<Words: WireEnum>(of type: Words.Type) -> [String] {
    type.allCases.map(\.rawValue)
  }

  private mutating func record<Object: WireObject>(_ type: Object.Type) -> String {
    let name = Object.schemaName
    // Taken before the fields are visited: a type may hold itself.
    guard types.objects.updateValue([], forKey: name) == nil else {
      types.objects[name] = recorded[name]
      return name
    }
    var object = Object()
    visitList(name) { (visitor) throws(WireError) in try object.fields(&visitor) }
    return name
  }

  /// Finished lists, by name.
  private var recorded: [String: [StoredTypes.Field]] = [:]

  private mutating func visitList(
    _ name: String, _ visit: (inout Self) throws(WireError) -> Void
  ) {
    let outer = fields
    fields = []
    do throws(WireError) {
      try visit(&self)
    } catch {
      // A list may check its values after the last field; defaults need not pass, and all is noted.
    }
    recorded[name] = fields
    types.objects[name] = fields
    fields = outer
  }

  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    fields.append(StoredTypes.Field(name: "\(name)", shape: shape(of: Value.self)))
  }

  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    guard case .enumeration(let words) = shape(of: Union.Tag.self) else { return }
    fields.append(StoredTypes.Field(name: "\(tag)", shape: .union(words)))
    for tag in Union.Tag.allCases {
      var union = Union(tag: tag)
      visitList("\(words).\(tag.rawValue)") { (visitor) throws(WireError) in
        try union.caseFields(&visitor)
      }
    }
  }

  mutating func extras(_ value: inout WireExtras) throws(WireError) {
    fields.append(StoredTypes.Field(name: "*", shape: .extras))
  }
}

/// `IDOfGuestKind` for `ID<GuestKind>`.
func storedName(of type: any WireValue.Type) -> String {
  "\(type)".replacing("<", with: "Of").filter { $0 != ">" && $0 != " " && $0 != "," }
}
