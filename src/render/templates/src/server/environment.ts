import { existsSync } from 'node:fs';

/** Reads `.env` if there is one. What is set already stays. */
export function loadEnvironment(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}
