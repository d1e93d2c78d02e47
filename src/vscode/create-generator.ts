import type { Generator } from '../core/ports.ts';

/** The generator the settings ask for. Engines and templates are megabytes and are loaded here, when the first run begins. */
export async function createGenerator(): Promise<Generator> {
  const { readSettings } = await import('./settings.ts');
  switch (readSettings().engine) {
    case 'offline': {
      const { createLocalGenerator } = await import('../local-generator.ts');
      return createLocalGenerator();
    }
  }
}
