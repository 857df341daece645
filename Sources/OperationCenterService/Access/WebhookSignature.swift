import Wire

/// `X-Hub-Signature-256` of a webhook: HMAC-SHA256 over the bytes as they came.
struct WebhookSignature: WireText, Equatable {
  let code: [UInt8]

  static let none = WebhookSignature(code: [])
  static var expected: String { "sha256= and 64 hexadecimal digits" }
  static var documentation: String {
    "Header X-Hub-Signature-256: sha256= and the HMAC of the body in hexadecimal digits."
  }
  static var example: String {
    "sha256=673a9d8d33c27b072a89f0a5a1aff0cadc1018b304567efab1b3705426fc4fa5"
  }
  static var expression: String? { "^sha256=[0-9a-fA-F]{64}$" }
  private static let prefix = "sha256="

  private init(code: [UInt8]) { self.code = code }

  init?(wireText: String) {
    guard wireText.hasPrefix(Self.prefix),
      let code = Hexadecimal.bytes(String(wireText.dropFirst(Self.prefix.count))),
      code.count == SHA256.digestBytes
    else { return nil }
    self.init(code: code)
  }

  var wireText: String { Self.prefix + Hexadecimal.text(code) }

  /// Nobody else can make it, so it also names the body.
  var digest: String { Hexadecimal.text(code.prefix(16)) }

  func isRight(for body: [UInt8], secret: [UInt8]) -> Bool {
    ConstantTime.isSame(code, HMAC.sha256(body, key: secret))
  }
}
