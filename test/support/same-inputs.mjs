import fc from 'fast-check';

/**
 * Loaded before the tests (`.mocharc.json`): random inputs are the same in every run, so that a change is to blame for what fails. Other
 * inputs: `TAKOSS_TEST_SEED=random`, or a number.
 */
const wanted = process.env.TAKOSS_TEST_SEED ?? '1';
if (wanted !== 'random') fc.configureGlobal({ seed: Number(wanted) });
