import JSONRPC
import Testing
import Wire

@testable import SchemaGeneration

struct IndentedTests {
  private func indented(_ text: String) -> String {
    String(decoding: RawJSON(validated: Array(text.utf8)).indented(), as: UTF8.self)
  }

  @Test(arguments: [
    ("1", "1\n"), ("[]", "[]\n"), ("{}", "{}\n"), ("[ ]", "[]\n"), (#""""#, "\"\"\n"),
    ("[1,[]]", "[\n  1,\n  []\n]\n"), ("[[{}]]", "[\n  [\n    {}\n  ]\n]\n"),
    (
      #"{"a":{"b":1.50},"c":[ 2 ]}"#,
      "{\n  \"a\": {\n    \"b\": 1.50\n  },\n  \"c\": [\n    2\n  ]\n}\n"
    ),
    (#"["{[,:]} \" \\","é"]"#, "[\n  \"{[,:]} \\\" \\\\\",\n  \"é\"\n]\n"),
  ])
  func `one member or element a line, two spaces a level`(compact: String, expected: String) {
    #expect(indented(compact) == expected)
    #expect(indented(expected) == expected)
  }

  private struct Ping: DeskMethod {
    static let name = "system.ping"
    static let summary = "Answers at once."
    static let isMutating = false
    struct Params: WireObject {
      var order = Order.newest
      mutating func fields(_ visit: inout some FieldVisitor) throws(WireError) {
        try visit.field("order", &order, "Ignored.", .defaulted)
      }
    }
    typealias Output = Bool
    static func run(_ params: Params, in context: isolated Desk) -> Output { true }
  }

  /// Byte for byte, as files are compared: also between runs of the program.
  @Test
  func `a small document is this text`() {
    let document = OpenRPCDocument(
      registry: MethodRegistry<Desk>([.method(Ping.self)]), title: "Small", version: "2",
      description: "")
    #expect(String(decoding: document.pretty(), as: UTF8.self) == Self.smallDocument)
  }

  private static let smallDocument = ##"""
    {
      "openrpc": "1.3.2",
      "info": {
        "title": "Small",
        "version": "2"
      },
      "servers": [],
      "methods": [
        {
          "name": "system.ping",
          "summary": "Answers at once.",
          "paramStructure": "either",
          "params": [
            {
              "name": "order",
              "description": "Ignored.",
              "required": false,
              "schema": {
                "allOf": [
                  {
                    "$ref": "#/components/schemas/Order"
                  }
                ],
                "default": "newest"
              }
            }
          ],
          "result": {
            "name": "result",
            "schema": {
              "type": "boolean"
            }
          },
          "errors": [
            {
              "code": -32602,
              "message": "Invalid params"
            },
            {
              "code": -32603,
              "message": "Internal error"
            },
            {
              "code": 1006,
              "message": "unauthenticated"
            },
            {
              "code": 1007,
              "message": "forbidden"
            }
          ],
          "x-mutating": false,
          "x-capability": "query"
        },
        {
          "name": "rpc.discover",
          "summary": "Returns this document.",
          "paramStructure": "either",
          "params": [],
          "result": {
            "name": "result",
            "schema": {
              "type": "object",
              "additionalProperties": {
                "$ref": "#/components/schemas/AnyValue"
              }
            }
          },
          "errors": [
            {
              "code": -32602,
              "message": "Invalid params"
            },
            {
              "code": -32603,
              "message": "Internal error"
            }
          ],
          "x-mutating": false
        }
      ],
      "components": {
        "schemas": {
          "AnyValue": {
            "title": "AnyValue",
            "description": "Any JSON value.",
            "type": [
              "null",
              "boolean",
              "number",
              "string",
              "array",
              "object"
            ]
          },
          "Order": {
            "title": "Order",
            "type": "string",
            "enum": [
              "newest",
              "oldest"
            ]
          }
        },
        "errors": {
          "InternalError": {
            "code": -32603,
            "message": "Internal error"
          },
          "InvalidParams": {
            "code": -32602,
            "message": "Invalid params"
          },
          "InvalidRequest": {
            "code": -32600,
            "message": "Invalid Request"
          },
          "MethodNotFound": {
            "code": -32601,
            "message": "Method not found"
          },
          "ParseError": {
            "code": -32700,
            "message": "Parse error"
          }
        }
      }
    }

    """##
}
