import JSONRPC
import Testing
import Wire

import SchemaGeneration

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
              "message": "Invalid params",
              "x-data": {
                "$ref": "#/components/schemas/InvalidParamsData"
              }
            },
            {
              "code": -32603,
              "message": "Internal error"
            },
            {
              "code": 1006,
              "message": "unauthenticated",
              "x-data": {
                "$ref": "#/components/schemas/UnauthenticatedData"
              }
            },
            {
              "code": 1007,
              "message": "forbidden",
              "x-data": {
                "$ref": "#/components/schemas/ForbiddenData"
              }
            }
          ],
          "x-mutating": false,
          "x-repeatable": true,
          "x-since": "0.1.0",
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
              "message": "Invalid params",
              "x-data": {
                "$ref": "#/components/schemas/InvalidParamsData"
              }
            },
            {
              "code": -32603,
              "message": "Internal error"
            }
          ],
          "x-mutating": false,
          "x-repeatable": true,
          "x-since": "0.1.0"
        }
      ],
      "x-framings": [
        {
          "name": "newline",
          "description": "One JSON text a line. It is chosen by a first byte of { or [."
        },
        {
          "name": "header",
          "description": "Content-Length: N and an empty line before each JSON text, as language servers have it. It is chosen by a first byte of C."
        }
      ],
      "x-client-notifications": [
        {
          "name": "$/cancelRequest",
          "summary": "Gives up a request of this connection that is not answered yet; it is answered with -32800, or as it would have been.",
          "paramStructure": "by-name",
          "params": [
            {
              "name": "id",
              "description": "Of the request that is given up.",
              "required": true,
              "schema": {
                "$ref": "#/components/schemas/AnyValue"
              }
            }
          ]
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
          "ChatflowIssue": {
            "title": "ChatflowIssue",
            "description": "What is wrong with a chatflow.",
            "type": "object",
            "properties": {
              "severity": {
                "description": "Errors refuse the chatflow, warnings do not.",
                "allOf": [
                  {
                    "$ref": "#/components/schemas/ChatflowIssueSeverity"
                  }
                ]
              },
              "code": {
                "description": "A word for programs.",
                "type": "string"
              },
              "node": {
                "description": "Node that it is about.",
                "type": [
                  "string",
                  "null"
                ]
              },
              "message": {
                "description": "What is wrong.",
                "type": "string"
              },
              "hint": {
                "description": "What to do.",
                "type": "string"
              },
              "path": {
                "description": "Place in the chatflow, such as edges[3].sourceHandle; empty where it is about none.",
                "type": "string"
              }
            },
            "required": [
              "severity",
              "code",
              "node",
              "message",
              "hint",
              "path"
            ]
          },
          "ChatflowIssueSeverity": {
            "title": "ChatflowIssueSeverity",
            "description": "Errors refuse the chatflow, warnings do not.",
            "type": "string",
            "x-known-values": [
              "error",
              "warning"
            ]
          },
          "ForbiddenData": {
            "title": "ForbiddenData",
            "description": "Data of the error forbidden.",
            "type": "object",
            "properties": {
              "kind": {
                "description": "Always this word.",
                "type": "string",
                "enum": [
                  "forbidden"
                ]
              },
              "capability": {
                "description": "What the token would have to be for.",
                "type": [
                  "string",
                  "null"
                ]
              },
              "method": {
                "description": "What was called.",
                "type": [
                  "string",
                  "null"
                ]
              }
            },
            "required": [
              "kind"
            ]
          },
          "InvalidParamsData": {
            "title": "InvalidParamsData",
            "description": "Data of the error Invalid params.",
            "type": "object",
            "properties": {
              "kind": {
                "description": "Always this word.",
                "type": "string",
                "enum": [
                  "invalid_params"
                ]
              },
              "path": {
                "description": "The place, such as params.rows[3].phone.",
                "type": "string"
              },
              "reason": {
                "description": "What is wrong there, in a word for programs.",
                "type": "string"
              },
              "position": {
                "description": "Of the wrong character in a text, from 1.",
                "type": [
                  "integer",
                  "null"
                ]
              },
              "issues": {
                "description": "What is wrong with a chatflow.",
                "type": [
                  "array",
                  "null"
                ],
                "items": {
                  "$ref": "#/components/schemas/ChatflowIssue"
                }
              }
            },
            "required": [
              "kind",
              "path",
              "reason"
            ]
          },
          "Order": {
            "title": "Order",
            "description": "Ignored.",
            "type": "string",
            "enum": [
              "newest",
              "oldest"
            ]
          },
          "UnauthenticatedData": {
            "title": "UnauthenticatedData",
            "description": "Data of the error unauthenticated.",
            "type": "object",
            "properties": {
              "kind": {
                "description": "Always this word.",
                "type": "string",
                "enum": [
                  "unauthenticated"
                ]
              },
              "reason": {
                "description": "no_token or wrong_token.",
                "type": "string"
              }
            },
            "required": [
              "kind",
              "reason"
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
            "message": "Invalid params",
            "x-data": {
              "$ref": "#/components/schemas/InvalidParamsData"
            }
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
