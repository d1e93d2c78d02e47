import { ServerResponse } from 'node:http';

/**
 * Loaded before a server (`node --import`), makes its pauses longer: a generation, which lets others work between two steps, then takes
 * seconds rather than milliseconds. It never leaves the phase that TAKOSS_TEST_LAST_PHASE names once a client has been told of it, and can be
 * interrupted there, however slowly whoever interrupts it works.
 */
const lastPhase = `"phase":"${process.env.TAKOSS_TEST_LAST_PHASE}"`;
let isThere = false;

const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (callback, milliseconds = 0, ...parameters) => {
  const isPause = milliseconds === 0;
  return wait(isPause && isThere ? () => {} : callback, isPause ? 40 : milliseconds, ...parameters);
};

const { write } = ServerResponse.prototype;
ServerResponse.prototype.write = function (chunk, ...rest) {
  isThere ||= String(chunk).includes(lastPhase);
  return write.call(this, chunk, ...rest);
};
