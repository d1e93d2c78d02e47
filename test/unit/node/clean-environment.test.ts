import assert from 'node:assert/strict';
import { cleanEnvironment, registryEnvironment } from '../../../src/node/clean-environment.ts';

const environment = {
  PATH: '/bin',
  Path: 'C:\\bin',
  HOME: '/home/me',
  ANTHROPIC_API_KEY: 'sk',
  ANTHROPIC_BASE_URL: 'https://proxy',
  CLAUDE_API_KEY: 'sk',
  GITHUB_TOKEN: 'gh',
  TAKOSS_KEY: 'k',
  MY_SECRET: 's',
  DATABASE_URL: 'postgres://me:pass@host',
  NODE_OPTIONS: '--require /evil.js',
  HTTPS_PROXY: 'http://proxy:8080',
  npm_config_registry: 'https://registry',
  npm_config__authToken: 'npm',
  NPM_CONFIG_PASSWORD: 'npm',
  UNSET: undefined,
};

describe('The environment of programs', () => {
  it('holds nothing worth reading for what a model wrote', () => {
    assert.deepEqual(cleanEnvironment(environment), { PATH: '/bin', Path: 'C:\\bin', HOME: '/home/me' });
  });

  it('holds the way to the registry for npm, and no secrets', () => {
    assert.deepEqual(registryEnvironment(environment), {
      PATH: '/bin',
      Path: 'C:\\bin',
      HOME: '/home/me',
      HTTPS_PROXY: 'http://proxy:8080',
      npm_config_registry: 'https://registry',
    });
  });
});
