import { homedir } from 'node:os';
import { TakossError } from '../core/errors.ts';

/**
 * Returns the user's home folder. Throws `invalid-request` where the system knows none, as for a user of a container who is not in its list of users;
 * `remedy` says what to set instead.
 */
export function homeFolder(remedy: string): string {
  try {
    return homedir();
  } catch (error) {
    // biome-ignore lint/style/useErrorCause: TakossError takes the cause in its third parameter
    throw new TakossError('invalid-request', `This user has no home folder. ${remedy}`, { cause: error });
  }
}
