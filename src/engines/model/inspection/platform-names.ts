import type { Side } from './module-path.ts';
import { wordList } from './word-list.ts';

/** Names of the language that every file may use. What makes code of text (`eval`, `Function`) or reaches any property of anything (`Reflect`, `Proxy`) is not among them. */
const language = `undefined NaN Infinity Object Array Boolean Number String BigInt Symbol Map Set WeakMap WeakSet Date Math JSON Intl Promise RegExp
  Iterator Error TypeError RangeError SyntaxError URIError AggregateError parseInt parseFloat isNaN isFinite encodeURIComponent decodeURIComponent
  encodeURI decodeURI ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
  BigInt64Array BigUint64Array Float32Array Float64Array`;

/** What servers and browsers have in common. How requests are sent, by `fetch` and `EventSource`, is looked at one by one. */
const common = `console structuredClone queueMicrotask setTimeout clearTimeout setInterval clearInterval URL URLSearchParams TextEncoder TextDecoder
  AbortController AbortSignal Event EventTarget Headers Request Response FormData Blob File ReadableStream WritableStream TransformStream
  crypto performance atob btoa DOMException fetch EventSource`;

/** What pages use. How `window`, `document`, `location`, `open` and `navigation` may be used is looked at one by one. */
const pages = `window document location open navigation history navigator screen localStorage sessionStorage matchMedia
  requestAnimationFrame cancelAnimationFrame requestIdleCallback cancelIdleCallback getComputedStyle getSelection alert confirm prompt print
  scrollTo scrollBy innerWidth innerHeight devicePixelRatio addEventListener removeEventListener dispatchEvent FileReader DataTransfer
  IntersectionObserver ResizeObserver MutationObserver AudioContext Path2D OffscreenCanvas DOMRect DOMPoint DOMMatrix CSS Node NodeFilter
  Element Document DocumentFragment Text Range Selection SVGElement
  CustomEvent UIEvent MouseEvent PointerEvent TouchEvent KeyboardEvent InputEvent FocusEvent DragEvent WheelEvent ClipboardEvent SubmitEvent
  AnimationEvent TransitionEvent StorageEvent PopStateEvent ErrorEvent`;

const ofBoth = wordList(language, common);
const ofClient = wordList(language, common, pages);
const bySide: Readonly<Record<Side, ReadonlySet<string>>> = {
  server: ofBoth,
  shared: ofBoth,
  client: ofClient,
  'server-test': ofBoth,
  'client-test': ofClient,
};

/** Whether files of a side may use a name that they do not declare. Whatever is not known here is refused, so that a new name of a platform is refused too. */
export function isPlatformName(name: string, side: Side): boolean {
  if (bySide[side].has(name)) return true;
  return side.startsWith('client') && /^(HTML|SVG)[A-Z]\w*Element$/.test(name);
}
