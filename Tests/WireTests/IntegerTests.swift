import Testing
import Wire

struct IntegerTests {
  @Test(arguments: [
    ("0", 0), ("-0", 0), ("1", 1), ("-1", -1), ("1.0", 1), ("1e0", 1), ("1E0", 1), ("10e-1", 1),
    ("100e-2", 1), ("1.50e1", 15), ("1e2", 100), ("1e+2", 100), ("-1.5e1", -15), ("0.0", 0),
    ("-0.0", 0), ("0e999999999999999999999", 0), ("0.000e-5", 0),
    ("9007199254740993", 9_007_199_254_740_993),
    ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
    ("9223372036854775807.000", Int64.max), ("0.9223372036854775807e19", Int64.max),
    ("92233720368547758070e-1", Int64.max), ("999999999999999999", 999_999_999_999_999_999),
    ("1000000000000000000", 1_000_000_000_000_000_000), ("1e18", 1_000_000_000_000_000_000),
    ("10000000000000000000000000000000000000000e-40", 1),
    ("0.0000000000000000000000000000000000000001e40", 1),
  ])
  func `any spelling of an integer is read exactly`(spelling: String, value: Int64) throws {
    #expect(try read(Int64.self, spelling) == value)
    #expect(try read([Int64].self, "[\(spelling), 7]") == [value, 7])
  }

  @Test(arguments: [
    ("1.5", "not_an_integer"), ("1e-1", "not_an_integer"), ("0.1", "not_an_integer"),
    ("-1.25e1", "not_an_integer"), ("1e-400", "not_an_integer"),
    ("1e-99999999999999999999", "not_an_integer"),
    ("9223372036854775807.5", "not_an_integer"), ("9223372036854775808", "out_of_range"),
    ("-9223372036854775809", "out_of_range"), ("123456789012345678901234567890", "out_of_range"),
    ("18446744073709551616", "out_of_range"), ("-18446744073709551615", "out_of_range"),
    ("1e19", "out_of_range"), ("1e400", "out_of_range"),
    ("-1e400", "out_of_range"), ("1e99999999999999999999", "out_of_range"), ("\"1\"", "wrong_type"),
    ("true", "wrong_type"), ("null", "wrong_type"), ("[1]", "wrong_type"), ("{}", "wrong_type"),
  ])
  func `what is no integer in range is refused, never rounded`(spelling: String, reason: String) {
    #expect(failure(Int64.self, spelling)?.reason == reason)
  }

  @Test
  func `each type has its own bounds`() throws {
    #expect(try read(Int32.self, "-2147483648") == .min)
    #expect(failure(Int32.self, "2147483648")?.reason == "out_of_range")
    #expect(try read(UInt16.self, "65535") == .max)
    #expect(failure(UInt16.self, "65536")?.reason == "out_of_range")
    #expect(failure(UInt16.self, "-1")?.reason == "out_of_range")
    #expect(try read(UInt32.self, "4294967295") == .max)
    #expect(failure(UInt32.self, "4294967296")?.reason == "out_of_range")
    #expect(try read(UInt64.self, "18446744073709551615") == .max)
    #expect(try read(UInt64.self, "1.8446744073709551615e19") == .max)
    #expect(failure(UInt64.self, "18446744073709551616")?.reason == "out_of_range")
    #expect(try read(UInt64.self, "-0") == 0)
    #expect(try read(Int.self, "-5") == -5)
  }

  @Test
  func `a message names the bounds and what was found`() {
    #expect(
      failure(UInt16.self, "70000")?.message == "expected an integer from 0 to 65535; found 70000")
    #expect(failure(Int.self, "1.5")?.message == "expected an integer; found 1.5")
    let long = failure(Int.self, String(repeating: "9", count: 500))
    #expect(long?.message.hasSuffix(String(repeating: "9", count: 64) + "…") == true)
  }

  @Test(arguments: [0, 1, -1, 9, 10, -10, 99, 100, Int64.max, Int64.min, 999_999_999_999_999_999])
  func `integers are written as they are`(value: Int64) {
    #expect(text(value) == String(value))
    #expect(text(UInt64(bitPattern: value)) == String(UInt64(bitPattern: value)))
  }

  @Test
  func `every power of ten is written whole`() throws {
    var power: UInt64 = 1
    for _ in 0..<19 {
      power *= 10
      for value in [power - 1, power, power + 1] {
        #expect(text(value) == String(value))
        #expect(try read(UInt64.self, String(value)) == value)
      }
    }
  }

  @Test
  func `a number without a type keeps its text`() throws {
    for spelling in ["9007199254740993", "1e400", "1.0", "-0", "123456789012345678901234567890"] {
      #expect(try read(JSONValue.self, spelling) == .number(spelling))
      #expect(text(try read(RawJSON.self, spelling)) == spelling)
    }
  }
}
