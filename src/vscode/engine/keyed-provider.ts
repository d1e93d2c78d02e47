import * as z from 'zod';
import type { CredentialSpec, ModelProvider } from '../../engines/contract.ts';
import { providerNamed } from '../../hosts/engine-names.ts';
import { askPick } from '../questions/multi-step.ts';

/** A provider that takes keys. */
export type KeyedProvider = ModelProvider & { readonly credential: CredentialSpec };

/** What other code may pass instead of being asked: the id of a provider, and a key for it. */
const argumentSchema = z.object({ provider: z.string().optional(), key: z.string().optional() });
export type KeyArgument = z.infer<typeof argumentSchema>;

export function readKeyArgument(argument: unknown): KeyArgument {
  return argument === undefined || argument === null ? {} : argumentSchema.parse(argument);
}

/** The provider that an argument names, the only one that takes keys, or the one that the user picks. Undefined where they pick none. */
export async function askForKeyedProvider(
  providers: readonly ModelProvider[],
  { provider: id }: KeyArgument,
  title: string,
): Promise<KeyedProvider | undefined> {
  const keyed = providers.filter(isKeyed);
  if (id !== undefined) return keyed.find((provider) => provider === providerNamed(keyed, id));
  const [only, another] = keyed;
  if (another === undefined) return only;
  const items = keyed.map((provider) => ({ label: provider.label, provider }));
  const answer = await askPick({ title, step: 1, total: 1, canGoBack: false }, { placeholder: 'Whose key?', items });
  return answer.kind === 'next' ? answer.value.provider : undefined;
}

function isKeyed(provider: ModelProvider): provider is KeyedProvider {
  return provider.credential !== undefined;
}
