import type { Credential, ModelProvider } from '../../engines/contract.ts';
import type { RunEngine } from '../../protocol/messages.ts';

/** What a run is generated with: decided before it begins. */
export type EngineChoice = { readonly kind: 'offline' } | { readonly kind: 'remote' } | ModelEngineChoice;

/** A model of a provider. Without a credential that it needs, the run ends before it has begun, and says what to do. */
export interface ModelEngineChoice {
  readonly kind: 'model';
  readonly provider: ModelProvider;
  readonly credential: Credential | undefined;
  /** Undefined where the provider has one and only one. */
  readonly model: string | undefined;
  /** The model as people know it. */
  readonly label: string;
}

/** A choice as the tracker shows it. */
export function describeEngine(choice: EngineChoice): RunEngine {
  switch (choice.kind) {
    case 'offline':
      return { kind: 'offline', label: 'rules, on this machine' };
    case 'remote':
      return { kind: 'remote', label: 'a Takoss server' };
    case 'model': {
      const { provider, label } = choice;
      return { kind: provider.id, label: provider.payment === 'plan' ? `${label} of ${provider.label}` : label };
    }
  }
}
