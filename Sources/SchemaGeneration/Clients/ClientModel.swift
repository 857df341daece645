import Wire

/// What a client has to know of the service, whatever its language: types, methods, refusals, events.
/// It is read off the document alone, as anybody's generator would read it.
struct ClientModel {
  var version = ""
  /// SHA-256 of the document's file.
  var digest = ""
  var types: [String: NamedType] = [:]
  var methods: [ClientMethod] = []
  var refusals: [ClientRefusal] = []
  var events: [ClientEvent] = []
  var notifications: [ClientNotification] = []

  /// By name, so that a new type moves nothing.
  var sortedTypes: [NamedType] { types.values.sorted { $0.name < $1.name } }
}

/// A type where it is used.
struct ClientType {
  enum Kind {
    case text, time, integer, number, boolean, scalar, any
    case list, map
    /// In `ClientModel.types`.
    case named
    /// Always this text.
    case constant
  }

  var kind: Kind
  /// Of the named type, or the text of a constant.
  var name = ""
  /// What a text must match.
  var pattern = ""
  /// Of a list or a map: one.
  var items: [ClientType] = []
  var isNullable = false

  var item: ClientType { items.first ?? ClientType(kind: .any) }
  /// Null is one of any values already.
  var needsNull: Bool { isNullable && kind != .any }

  static func named(_ name: String) -> ClientType { ClientType(kind: .named, name: name) }
}

struct ClientField {
  var name: String
  var type: ClientType
  var isRequired: Bool
  var documentation: String
  /// What an absent value stands for.
  var standard: JSONValue?

  /// With what stands for an absent value, where that is one word or number.
  var documentationWithStandard: String {
    switch standard {
    case .string(let word)? where !word.isEmpty: documentation + " If absent: \(word)."
    case .number(let number)?: documentation + " If absent: \(number)."
    case .bool(let flag)?: documentation + " If absent: \(flag)."
    default: documentation
    }
  }
}

/// A type that has a name of its own.
enum NamedType {
  /// A text or a number with a meaning, such as an identifier.
  case alias(name: String, documentation: String, type: ClientType)
  case enumeration(ClientEnumeration)
  case record(ClientRecord)
  case union(ClientUnion)

  var name: String {
    switch self {
    case .alias(let name, _, _): name
    case .enumeration(let enumeration): enumeration.name
    case .record(let record): record.name
    case .union(let union): union.name
    }
  }
}

struct ClientEnumeration {
  var name: String
  var documentation: String
  var values: [String]
  /// Answers may have others.
  var isOpen: Bool
}

struct ClientRecord {
  var name: String
  var documentation: String
  var fields: [ClientField] = []
  /// Params can hold it, and there what is absent is not what is null.
  var isInput = false
  /// Members that no field names belong to it, as in the nodes of a chatflow.
  var isOpen = false
  /// Where it stands, in words, for one that is not described itself.
  var place = ""
}

/// One of several records, told apart by the value of a member.
struct ClientUnion {
  var name: String
  var documentation: String
  var tag: String
  var cases: [(value: String, record: String)] = []
}

struct ClientRefusal {
  var kind: String
  var code: String
  /// Name of the record that its data is; empty where it has none.
  var data: String
}

struct ClientEvent {
  var kind: String
  var documentation: String
  var data: ClientType
}

struct ClientNotification {
  var name: String
  var summary: String
  var params: [ClientField]
}

struct ClientMethod {
  var name: String
  var summary: String
  var details: String
  var params: [ClientField]
  var result: ClientType
  var refusals: [String]
  var isMutating: Bool
  var isRepeatable: Bool
  var capability: String
  var since: String
  /// Its result is one page of many.
  var isPaged = false
  /// What a page has a list of, where it has one.
  var pageItem: ClientType?

  /// `guest` of `guest.create`.
  var noun: String { String(name.prefix { $0 != "." }) }
  /// `create` of `guest.create`.
  var verb: String { String(name.drop { $0 != "." }.dropFirst()) }
  var takesKey: Bool { params.contains { $0.name == "idempotency_key" } }
}

extension String {
  /// `send_template` becomes `SendTemplate`.
  var camelCased: String {
    split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}
