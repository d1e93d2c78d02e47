import { modelProviders } from '../engines/catalog.ts';
import { secretVariables } from '../hosts/credentials.ts';

/** Shorter values are no keys, and stand in texts that have nothing to do with them. */
const minSecretLength = 8;

/** A text without the keys and tokens of the environment, whatever put them in. */
export function withoutSecrets(text: string, environment: NodeJS.ProcessEnv): string {
  const secrets = [...secretVariables(modelProviders), 'TAKOSS_TOKEN', 'TAKOSS_JWT_SECRET']
    .map((name) => environment[name]?.trim() ?? '')
    .filter((secret) => secret.length >= minSecretLength);
  return secrets.reduce((clean, secret) => clean.replaceAll(secret, '[key]'), text);
}
