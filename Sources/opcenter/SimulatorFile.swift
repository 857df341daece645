import Gateways
import Wire

/// Settings of the simulated guests, from a file.
enum SimulatorFile {
  static func settings(at path: String?) throws -> SimulatorSettings {
    guard let path else { return SimulatorSettings() }
    let bytes = try Files.read(path)
    do throws(WireError) {
      var members = try JSON.decode(WireMap<RawJSON>.self, from: bytes, root: "settings")
      // Editors read it, and nobody else.
      members["$schema"] = nil
      return try JSON.decode(
        SimulatorSettings.self, from: JSON.encode(members), root: "settings")
    } catch {
      throw Refusal(message: "\(path): \(error)")
    }
  }
}

/// Something that was asked for cannot be done: exit code 1, and these words.
struct Refusal: Error, CustomStringConvertible {
  let message: String

  var description: String { message }
}
