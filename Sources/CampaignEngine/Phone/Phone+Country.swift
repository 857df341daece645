extension Phone {
  /// A number of the United States proper. Behind +1 there are some twenty-five countries; the area code
  /// says which. Territories count as countries of their own, as in WhatsApp's rate card.
  package var isInUnitedStates: Bool {
    // Eleven digits, of which the first is 1.
    guard (10_000_000_000...19_999_999_999).contains(number) else { return false }
    return !Self.otherAreaCodes.contains(UInt16(number / 10_000_000 % 1000))
  }

  /// Canada, the Caribbean, Bermuda, and territories (NANPA, "Area code relief planning"); a test compares
  /// them with a library. Area codes that are not in use yet are taken for the United States'.
  private static let otherAreaCodes: Set<UInt16> = [
    204, 226, 236, 242, 246, 249, 250, 257, 263, 264, 268, 273, 284, 289, 306, 340, 343, 345, 354,
    365, 367, 368, 382, 403, 416, 418, 428, 431, 437, 438, 441, 450, 468, 473, 474, 506, 514, 519,
    548, 579, 581, 584, 587, 600, 604, 613, 622, 633, 639, 647, 649, 658, 664, 670, 671, 672, 683,
    684, 705, 709, 721, 742, 753, 758, 767, 778, 780, 782, 784, 787, 807, 809, 819, 825, 829, 849,
    867, 868, 869, 873, 876, 879, 902, 905, 939, 942,
  ]
}
