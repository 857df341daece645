/// What a poller's token stands for.
enum Token: RawRepresentable {
  case wake
  case process
  case listener(Int)
  case input(ConnectionID)
  case output(ConnectionID)

  init(rawValue: UInt64) {
    let number = rawValue >> 2
    switch rawValue & 0b11 {
    case 0b00: self = .input(ConnectionID(rawValue: number))
    case 0b01: self = .output(ConnectionID(rawValue: number))
    case 0b11: self = .listener(Int(clamping: number))
    default: self = number == 0 ? .wake : .process
    }
  }

  var rawValue: UInt64 {
    switch self {
    case .wake: 0b10
    case .process: 0b110
    case .listener(let place): UInt64(place) << 2 | 0b11
    case .input(let id): id.rawValue << 2
    case .output(let id): id.rawValue << 2 | 0b01
    }
  }
}
