import { guardCode, guardEnd } from './guard-code.ts';

/** The most that a process may tell the runner of the tests at once, in characters: the errors of a test with all that they quote are a thousandth of it. */
const maxMessage = 8_000_000;

/**
 * What is loaded into the processes that run tests before anything else. What such a process tells Vitest is bounded: messages go through the memory of both,
 * and a test whose error is 500 MB long would keep them busy for minutes.
 */
export const workerGuard = `${guardCode}
lockModule('child_process');
lockModule('module', (name) => name === 'register');
lock(process, 'dlopen', 'process');

const maxMessage = ${maxMessage};
/** About how long a message is, or as much as it takes to see that it is too long. */
const lengthOf = (message) => {
  const seen = new Set();
  const waiting = [message];
  let length = 0;
  while (waiting.length > 0 && length <= maxMessage) {
    const value = waiting.pop();
    length += typeof value === 'string' ? value.length : 8;
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) length += value.byteLength;
    else if (value instanceof Map || value instanceof Set) waiting.push(...value.keys(), ...value.values());
    else for (const name of Object.getOwnPropertyNames(value)) { length += name.length; waiting.push(value[name]); }
  }
  return length;
};
const { exit } = process;
const send = process.send?.bind(process);
let isEnding = false;
if (send !== undefined) {
  fix(process, 'send', (message, ...rest) => {
    if (isEnding) return false;
    let isTooLong = true;
    try { isTooLong = lengthOf(message) > maxMessage; } catch {}
    if (!isTooLong) return send(message, ...rest);
    isEnding = true;
    // Whatever a test does meanwhile, it ends.
    send({ takoss: 'too-long' }, () => exit(1));
    return false;
  });
}
${guardEnd}`;
