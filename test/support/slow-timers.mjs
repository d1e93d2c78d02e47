/**
 * Loaded before a program (`node --import`), makes its pauses longer: a generation, which lets others work between two steps, then takes
 * seconds rather than milliseconds, and can be interrupted in any of its phases.
 */
const { setTimeout: wait } = globalThis;
globalThis.setTimeout = (callback, milliseconds = 0, ...parameters) =>
  wait(callback, milliseconds === 0 ? 40 : milliseconds, ...parameters);
