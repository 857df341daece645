/// A keyed digest: HMAC (RFC 2104) over SHA-256. Whoever knows the key can tell whether a text comes
/// from another who knows it.
package enum HMAC {
  package static func sha256(_ bytes: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    var padded = key.count > SHA256.blockBytes ? SHA256.hash(key) : key
    padded += [UInt8](repeating: 0, count: SHA256.blockBytes - padded.count)
    var inner = SHA256()
    inner.update(padded.map { $0 ^ 0x36 })
    inner.update(bytes)
    return SHA256.hash(padded.map { $0 ^ 0x5c } + inner.finish())
  }
}
