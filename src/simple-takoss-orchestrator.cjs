'use strict';

/**
 * What `require('takoss')` gives: the ES module, where Node can require one. Older ones say themselves only which file could not be
 * loaded; this says what to write instead.
 */
try {
  // biome-ignore lint/correctness/useImportExtensions: in the package, beside the module as it is built
  module.exports = require('./simple-takoss-orchestrator.js');
} catch (error) {
  if (error.code !== 'ERR_REQUIRE_ESM') throw error;
  const sentence =
    `Takoss is an ES module, which \`require\` loads in Node 20.19, 22.12 and newer; this is ${process.version}. ` +
    "Write `const { SimpleTakossOrchestrator } = await import('takoss');` instead.";
  throw Object.assign(new Error(sentence, { cause: error }), { code: error.code });
}
