// What browsers and Node have in common and the library of the language does not declare. These
// stand here, so that the package is built without anything from a registry; they are not shipped.

interface Timer {
  readonly timerBrand: never;
}

declare function setTimeout(action: () => void, milliseconds: number): Timer;
declare function clearTimeout(timer: Timer): void;
declare function queueMicrotask(action: () => void): void;

interface WebCrypto {
  getRandomValues(bytes: Uint8Array): Uint8Array;
}

declare var crypto: WebCrypto;

interface WarningConsole {
  warn(message: string): void;
}

declare var console: WarningConsole;
