extension TypeScriptClient {
  /// Whether a call may be made again after a lost connection. A change must be harmless by nature; what
  /// is no change and no query, such as a shutdown, may find another service.
  private func repeatWord(_ method: ClientMethod) -> String {
    let isHarmless = method.isMutating ? method.isRepeatable : method.capability == "query"
    return isHarmless ? "always" : method.takesKey ? "with_key" : "never"
  }

  private func params(_ method: ClientMethod) -> String {
    method.params.isEmpty ? "NoParams" : "types.\(Self.paramsName(of: method))"
  }

  // MARK: methods.ts

  func methods() -> String {
    var body = """
      import * as checks from "./checks.js";
      import type * as types from "./types.js";
      import { noParams } from "../runtime/check.js";
      import type { Method, NoParams } from "../runtime/method.js";


      """
    for method in model.methods {
      let check = method.params.isEmpty ? "noParams" : "checks.check\(Self.paramsName(of: method))"
      body += TypeScriptWords.comment(method.summary)
      body += "export const \(TypeScriptWords.lowerCamel(method.name)): "
      body += "Method<\(params(method)), \(type(method.result, "types."))> = {\n"
      body += "  name: \(TypeScriptWords.quoted(method.name)),\n  check: \(check),\n"
      body += "  repeat: \"\(repeatWord(method))\",\n};\n\n"
    }
    body += "/** Every method by its name on the wire. */\nexport const methods = {\n"
    for method in model.methods {
      body +=
        "  \(TypeScriptWords.quoted(method.name)): \(TypeScriptWords.lowerCamel(method.name)),\n"
    }
    body += """
      } as const;

      /** The schema that this client was made from. */
      export const schemaVersion: string = \(TypeScriptWords.quoted(model.version));

      /** SHA-256 of it, as `system.info` gives that of the service's. */
      export const schemaDigest: string = \(TypeScriptWords.quoted(model.digest));

      """
    return TypeScriptWords.header + "\n" + jsonImport(for: body) + body
  }

  // MARK: namespaces.ts

  func namespaces() -> String {
    var groups: [(name: String, methods: [ClientMethod])] = []
    for method in model.methods {
      let name = TypeScriptWords.namespace(of: method)
      if let place = groups.firstIndex(where: { $0.name == name }) {
        groups[place].methods.append(method)
      } else {
        groups.append((name, [method]))
      }
    }
    var body = """
      import * as methods from "./methods.js";
      import type * as types from "./types.js";
      import type { Caller, CallOptions } from "../runtime/method.js";
      import { Pages } from "../runtime/pages.js";


      """
    for group in groups {
      body += """
        /** The methods `\(group.methods[0].noun).*`. */
        export class \(group.name.camelCased) {
          readonly #caller: Caller;

          constructor(caller: Caller) {
            this.#caller = caller;
          }


        """
      body += group.methods.map { comment($0) + call($0) }.joined(separator: "\n") + "}\n\n"
    }
    body += "/** All methods; a client and a batch are each a caller of them. */\n"
    body += "export class Namespaces {\n"
    for group in groups { body += "  readonly \(group.name): \(group.name.camelCased);\n" }
    body += "\n  constructor(caller: Caller) {\n"
    for group in groups {
      body += "    this.\(group.name) = new \(group.name.camelCased)(caller);\n"
    }
    body += "  }\n}\n"
    return TypeScriptWords.header + "\n" + jsonImport(for: body) + body
  }

  private func comment(_ method: ClientMethod) -> String {
    var text = method.summary + "\n\n"
    if !method.details.isEmpty { text += method.details + "\n\n" }
    let own = method.refusals.filter { kind in
      let refusal = model.refusals.first { $0.kind == kind }
      return refusal?.code.hasPrefix("-") == false
        && !["unauthenticated", "forbidden"].contains(kind)
    }
    if !own.isEmpty {
      let names = own.map { TypeScriptWords.refusalClass($0) }
      text += "Refusals: \(names.joined(separator: ", ")).\n\n"
    }
    if !method.capability.isEmpty { text += "Needs the capability `\(method.capability)`." }
    if !method.since.isEmpty { text += " Since \(method.since)." }
    return TypeScriptWords.comment(text, "  ")
  }

  private func call(_ method: ClientMethod) -> String {
    let isNeeded = method.params.contains(where: \.isRequired)
    let result = type(method.result, "types.")
    let name = "methods.\(TypeScriptWords.lowerCamel(method.name))"
    let given = method.params.isEmpty ? "{}" : "params"
    let params =
      method.params.isEmpty ? "" : "params: \(self.params(method))\(isNeeded ? "" : " = {}"), "
    let opening =
      "  \(TypeScriptWords.lowerCamel(method.verb))(\(params)options?: CallOptions): "
    if method.isPaged {
      let item = method.pageItem.map { type($0, "types.") } ?? "never"
      return opening + "Pages<\(result), \(item)> {\n"
        + "    return new Pages(this.#caller, \(name), \(given), options);\n  }\n"
    }
    return opening + "Promise<\(result)> {\n"
      + "    return this.#caller.call(\(name), \(given), options);\n  }\n"
  }

  // MARK: errors.ts

  func errors() -> String {
    var body = """
      import { RefusedError } from "../runtime/errors.js";
      import type { Refusal, RefusalData } from "../runtime/errors.js";
      import type * as types from "./types.js";


      """
    for refusal in model.refusals {
      let name = TypeScriptWords.refusalClass(refusal.kind)
      let data = refusal.data.isEmpty ? "RefusalData" : "types.\(refusal.data) & RefusalData"
      body += """
        /** The service refused with code \(refusal.code), kind `\(refusal.kind)`. */
        export class \(name) extends RefusedError {
          override readonly name: string = \(TypeScriptWords.quoted(name));
          declare readonly data: \(data);
        }


        """
    }
    body += "type Construction = new (refusal: Refusal) => RefusedError;\n\n"
    body += "/** The class of each kind of refusal. */\n"
    body += "export const refusalClasses: Readonly<Record<string, Construction>> = {\n"
    for refusal in model.refusals {
      body += "  \(refusal.kind): \(TypeScriptWords.refusalClass(refusal.kind)),\n"
    }
    body += "};\n\n/** For refusals that carry no kind, by their code. */\n"
    body += "export const refusalKinds: Readonly<Record<number, string>> = {\n"
    for refusal in model.refusals {
      body += "  [\(refusal.code)]: \(TypeScriptWords.quoted(refusal.kind)),\n"
    }
    return TypeScriptWords.header + "\n" + body + "};\n"
  }

  // MARK: events.ts

  func events() -> String {
    var body = "import type * as types from \"./types.js\";\n\n"
    body += "/** The data of each kind of event. */\nexport interface EventData {\n"
    for event in model.events {
      body += TypeScriptWords.comment(event.documentation, "  ")
      body += "  \(event.kind): \(type(event.data, "types."));\n"
    }
    body += "}\n\n/** The kinds of events that this client knows; there may be more. */\n"
    body += "export const eventKinds: readonly (keyof EventData)[] = [\n"
    for event in model.events { body += "  \(TypeScriptWords.quoted(event.kind)),\n" }
    body += "];\n\n/** The params of each notification. */\nexport interface Notifications {\n"
    for notification in model.notifications {
      body += TypeScriptWords.comment(notification.summary, "  ")
      body +=
        "  \(TypeScriptWords.quoted(notification.name)): types.\(Self.name(of: notification));\n"
    }
    return TypeScriptWords.header + "\n" + body + "}\n"
  }
}
