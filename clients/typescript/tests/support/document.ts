// As much of a document as React needs to draw into it and to hear a click.

type Listener = (event: object) => void;

class Node {
  readonly ownerDocument: Document;
  readonly nodeType: number;
  readonly nodeName: string;
  parentNode: Node | null = null;
  readonly childNodes: Node[] = [];
  readonly #listeners: { type: string; listener: Listener; isCapturing: boolean }[] = [];

  constructor(document: Document | undefined, nodeType: number, nodeName: string) {
    this.ownerDocument = document ?? (this as unknown as Document);
    this.nodeType = nodeType;
    this.nodeName = nodeName;
  }

  get firstChild(): Node | null {
    return this.childNodes[0] ?? null;
  }

  get lastChild(): Node | null {
    return this.childNodes.at(-1) ?? null;
  }

  get nextSibling(): Node | null {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  get textContent(): string {
    return this.childNodes.map((child) => child.textContent).join("");
  }

  set textContent(text: string) {
    this.childNodes.splice(0);
    if (text !== "") this.appendChild(new Text(this.ownerDocument, text));
    this.ownerDocument.changed();
  }

  appendChild(child: Node): Node {
    return this.insertBefore(child, null);
  }

  insertBefore(child: Node, next: Node | null): Node {
    child.parentNode?.removeChild(child);
    const index = next === null ? this.childNodes.length : this.childNodes.indexOf(next);
    this.childNodes.splice(index, 0, child);
    child.parentNode = this;
    this.ownerDocument.changed();
    return child;
  }

  removeChild(child: Node): Node {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
    this.ownerDocument.changed();
    return child;
  }

  contains(other: Node | null): boolean {
    return other !== null && (other === this || this.contains(other.parentNode));
  }

  addEventListener(
    type: string,
    listener: Listener,
    options?: boolean | { capture?: boolean },
  ): void {
    const isCapturing = typeof options === "object" ? options.capture === true : options === true;
    this.#listeners.push({ type, listener, isCapturing });
  }

  removeEventListener(): void {
    // React takes its listeners away only with the whole document.
  }

  /** Goes down from the root and up again, as events do. */
  dispatch(event: { readonly type: string }): void {
    const line: Node[] = [];
    for (let node: Node | null = this; node; node = node.parentNode) line.unshift(node);
    for (const node of line) node.#hear(event, true);
    for (const node of line.reverse()) node.#hear(event, false);
  }

  #hear(event: { readonly type: string }, isCapturing: boolean): void {
    for (const each of this.#listeners) {
      if (each.type === event.type && each.isCapturing === isCapturing) each.listener(event);
    }
  }
}

class Text extends Node {
  #text: string;

  constructor(document: Document, text: string) {
    super(document, 3, "#text");
    this.#text = text;
  }

  get nodeValue(): string {
    return this.#text;
  }

  set nodeValue(text: string) {
    this.#text = text;
    this.ownerDocument.changed();
  }

  override get textContent(): string {
    return this.#text;
  }

  override set textContent(text: string) {
    this.nodeValue = text;
  }
}

/** An element: attributes are kept and mean nothing. */
export class Element extends Node {
  readonly namespaceURI = "http://www.w3.org/1999/xhtml";
  readonly style = {};
  readonly attributes = new Map<string, string>();

  constructor(document: Document, name: string) {
    super(document, 1, name.toUpperCase());
  }

  get tagName(): string {
    return this.nodeName;
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  removeAttribute(name: string): void {
    this.attributes.delete(name);
  }

  /** The first element of this name within it. */
  find(name: string): Element {
    for (const child of this.childNodes) {
      if (!(child instanceof Element)) continue;
      if (child.nodeName === name.toUpperCase()) return child;
      const inner = child.#search(name);
      if (inner) return inner;
    }
    throw new Error(`there is no ${name}`);
  }

  #search(name: string): Element | undefined {
    try {
      return this.find(name);
    } catch {
      return undefined;
    }
  }

  click(): void {
    this.dispatch(Object.assign({ type: "click", target: this, button: 0, timeStamp: 0 }, {
      bubbles: true, cancelable: true, defaultPrevented: false,
      preventDefault: () => undefined, stopPropagation: () => undefined,
    }));
  }
}

/** A document and its window. */
export class Document extends Node {
  readonly documentElement: Element;
  readonly window: object;
  readonly defaultView: object;
  readonly activeElement = null;
  #waiters: (() => void)[] = [];

  constructor() {
    super(undefined, 9, "#document");
    this.documentElement = new Element(this, "html");
    this.window = {
      document: this,
      HTMLIFrameElement: class {},
      location: { protocol: "http:" },
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    };
    this.defaultView = this.window;
  }

  createElement(name: string): Element {
    return new Element(this, name);
  }

  createTextNode(text: string): Text {
    return new Text(this, text);
  }

  changed(): void {
    for (const look of [...(this.#waiters ?? [])]) look();
  }

  /** Settled once something is so; looked at after each change. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      let timer: Timer | undefined;
      const look = (): void => {
        if (!isSo()) {
          // What a page unmounts last changes no document.
          if (timer !== undefined) clearTimeout(timer);
          timer = setTimeout(look, 5);
          return;
        }
        this.#waiters = this.#waiters.filter((each) => each !== look);
        if (timer !== undefined) clearTimeout(timer);
        resolve();
      };
      this.#waiters.push(look);
      look();
    });
  }
}
