import Wire

/// Whom a campaign writes to of guests who share a telephone or have one household key. Stored by its text.
package enum HouseholdPolicy: String, WireEnum {
  /// Each telephone once; who has none, or one that fails, is asked through the household's contact.
  case together
  /// One guest of each household, and nobody for the others.
  case contactOnly = "contact_only"
  /// Everybody for themselves, also on one telephone: one after the other.
  case separately
}
