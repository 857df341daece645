import CampaignEngine
import Wire

/// What params name: every identifier in them, however deep. It walks the same field lists as the reader, so
/// no method has to say which of its params are such.
struct NamedIdentifiers: FieldVisitor {
  private(set) var found: [any NamedIdentifier] = []

  /// Not generic: one copy does for the params of all methods.
  init(in params: any WireObject) { visit(params) }

  mutating func field<Value: WireValue>(
    _ name: StaticString, _ value: inout Value, _ documentation: StaticString, _ rule: Rule
  ) throws(WireError) {
    visit(value)
  }

  mutating func union<Union: WireUnion>(
    _ tag: StaticString, _ value: inout Union, _ documentation: StaticString
  ) throws(WireError) {
    try value.caseFields(&self)
  }

  /// What nobody reads names nothing.
  mutating func extras(_ value: inout WireExtras) throws(WireError) {}

  fileprivate mutating func visit(_ value: some WireValue) {
    if let holder = value as? any IdentifierHolder {
      holder.name(to: &self)
    } else if var object = value as? any WireObject {
      // A list throws for what it reads, and nothing is read here.
      try? object.fields(&self)
    }
  }

  fileprivate mutating func add(_ identifier: some NamedIdentifier) {
    if !identifier.isNone { found.append(identifier) }
  }
}

/// An identifier of any kind.
protocol NamedIdentifier {
  var isNone: Bool { get }
  var wireText: String { get }
  /// A number that several projects may use.
  var isOfSender: Bool { get }
  func belongs(to project: ProjectID) -> Bool
  /// What a call says of one that is not there.
  var notFound: Rejection { get }
}

extension ID: NamedIdentifier {
  var isOfSender: Bool { Kind.self == SenderKind.self }

  func belongs(to project: ProjectID) -> Bool {
    if isOfSender || !Kind.spaces.contains(space) { return false }
    // Spaces of senders come after those of projects.
    if Kind.self == MessageKind.self, !MessageID(rawValue: rawValue).isOfProject { return false }
    return Kind.self == ProjectKind.self
      ? rawValue == project.rawValue : space == project.counter &- 1
  }

  var notFound: Rejection { .notFound(self) }
}

/// A number names a sender as well as its identifier does.
extension SenderReference: NamedIdentifier {
  var isNone: Bool { self == .none }
  var isOfSender: Bool { true }
  func belongs(to project: ProjectID) -> Bool { false }
  var notFound: Rejection { .notFound(wireText, "Sender") }
}

/// A value that is no object and may lead to identifiers.
private protocol IdentifierHolder {
  func name(to identifiers: inout NamedIdentifiers)
}

extension ID: IdentifierHolder {
  fileprivate func name(to identifiers: inout NamedIdentifiers) { identifiers.add(self) }
}

extension SenderReference: IdentifierHolder {
  fileprivate func name(to identifiers: inout NamedIdentifiers) { identifiers.add(self) }
}

extension Optional: IdentifierHolder where Wrapped: WireValue {
  fileprivate func name(to identifiers: inout NamedIdentifiers) {
    if let self { identifiers.visit(self) }
  }
}

extension Array: IdentifierHolder where Element: WireValue {
  fileprivate func name(to identifiers: inout NamedIdentifiers) {
    for element in self { identifiers.visit(element) }
  }
}

extension WireMap: IdentifierHolder {
  fileprivate func name(to identifiers: inout NamedIdentifiers) {
    for (_, value) in entries { identifiers.visit(value) }
  }
}

extension Patch: IdentifierHolder {
  fileprivate func name(to identifiers: inout NamedIdentifiers) {
    if case .set(let value) = self { identifiers.visit(value) }
  }
}
