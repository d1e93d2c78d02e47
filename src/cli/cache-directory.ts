import { join } from 'node:path';
import { homeFolder } from '../node/home-folder.ts';

/** Where the command line keeps what can be had again: `XDG_CACHE_HOME`, or the place for caches in the user's home. */
export function cacheDirectory(environment: NodeJS.ProcessEnv): string {
  const caches =
    environment.XDG_CACHE_HOME || join(homeFolder('Name a folder for caches in XDG_CACHE_HOME.'), '.cache');
  return join(caches, 'takoss');
}
