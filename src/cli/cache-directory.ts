import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the command line keeps what can be had again: `XDG_CACHE_HOME`, or the place for caches in the user's home. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
  return join(environment.XDG_CACHE_HOME || join(homedir(), '.cache'), 'takoss');
}
