import Gateways
import Wire

/// Settings of the simulated guests, from a file.
enum SimulatorFile {
  static func settings(at path: String?) throws -> SimulatorSettings {
    guard let path else { return SimulatorSettings() }
    let bytes = try Files.read(path)
    do throws(WireError) {
      return try JSON.decode(SimulatorSettings.self, from: bytes, root: "settings")
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
