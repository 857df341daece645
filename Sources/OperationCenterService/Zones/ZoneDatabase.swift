import CampaignEngine

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Time zones as this machine knows them, turned into rules that the engine can record.
package enum ZoneDatabase {
  /// Nil where no such zone exists. Rules reach from a year before `time` to ten years after it.
  package static func rules(named name: String, around time: Timestamp) -> ZoneRules? {
    guard isName(name) else { return nil }
    if name == "UTC" || name == "GMT" {
      return ZoneRules(name: name, initialOffsetSeconds: 0, transitions: [])
    }
    guard let bytes = contents(of: "\(folder)/\(name)"), let file = ZoneFile(bytes) else {
      return nil
    }
    let start = time.milliseconds.flooredQuotient(1000) - 366 * 86_400
    let end = start + 11 * 366 * 86_400
    return ZoneRules(
      name: name, initialOffsetSeconds: file.offsetSeconds(at: start),
      transitions: file.transitions(after: start, before: end))
  }

  /// The same for a field that a caller gave.
  static func rules(
    named name: String, around time: Timestamp, in field: String
  ) throws(Rejection) -> ZoneRules {
    if let rules = rules(named: name, around: time) { return rules }
    throw Rejection.invalidParams(field: field, reason: "unknown_time_zone", expectation)
  }

  /// A small container may have no zones at all, and then no name would be right.
  private static var expectation: String {
    if access("\(folder)/Europe", R_OK) == 0 {
      return "expected an IANA time zone such as Asia/Jakarta"
    }
    return
      "expected UTC, since this machine has no time zones: install tzdata, or name the folder of its files in TZDIR"
  }

  /// Where POSIX systems keep them; `TZDIR` is how the C library lets another place be named.
  private static var folder: String {
    guard let variable = getenv("TZDIR"), variable.pointee != 0 else {
      return "/usr/share/zoneinfo"
    }
    return String(cString: variable)
  }

  /// A region and a place. Abbreviations name no place's rules, and nothing leads out of the folder:
  /// a name has no dot. `right` counts leap seconds, and `posix` is all of them a second time.
  static func isName(_ name: String) -> Bool {
    if name == "UTC" || name == "GMT" { return true }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), name.utf8.count <= 64,
      !["posix", "right"].contains(parts[0])
    else { return false }
    return parts.allSatisfy { part in
      part.utf8.first?.isASCIILetter == true
        && part.utf8.allSatisfy { $0.isASCIILetter || $0.isASCIIDigit || "_-+".utf8.contains($0) }
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG,
      found.st_size <= ZoneFile.longest
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(found.st_size))
    let count = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
    return count == bytes.count ? bytes : nil
  }
}
