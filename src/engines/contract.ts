import type { TakossError } from '../core/errors.ts';
import type { ModelPort } from '../core/model-port.ts';
import type { ModelPrice } from '../core/model-usage.ts';

/**
 * Somebody whose language models can read requirements and write features. A provider is a folder of this one and a line in `catalog.ts`; hosts
 * know it by this contract alone. What loads its SDK is imported when it is called, so that naming a provider costs nothing.
 */
export interface ModelProvider {
  /** As `--engine`, `takoss.engine` and results name it: lower case, digits and hyphens. */
  readonly id: string;
  /** As a sentence names it: `Claude`. */
  readonly label: string;
  /** What using it means, in sentences for whoever chooses an engine. */
  readonly description: string;
  /** How it is paid for: by the token, at a price; as part of a plan with somebody else; or not at all. */
  readonly payment: 'tokens' | 'plan' | 'nothing';
  /** What says who pays. Absent: nothing is needed. */
  readonly credential?: CredentialSpec;
  /** Absent: it is always at the same place. */
  readonly address?: AddressSpec;
  /** How much a model may be told to think, from little to much. Absent: nothing can be said about it. */
  readonly efforts?: readonly string[];
  /** The models that are known without asking anybody. */
  models(): Promise<KnownModels>;
  /** Makes the port of a model. Sends nothing. Throws `model-key` for a credential that cannot be one. */
  connect(options: ConnectOptions): Promise<ModelPort>;
  /** The models to choose from, asked for where the service can say so. Throws `cancelled` only. */
  listModels?(connection: ProviderConnection, options: { signal: AbortSignal }): Promise<readonly ModelChoice[]>;
  /** Asks the service whether it takes a credential. Returns undefined when it does, else why not. Throws `cancelled` only. */
  checkCredential?(connection: ProviderConnection, options: { signal: AbortSignal }): Promise<TakossError | undefined>;
}

/** What a provider has to be given, and how people know it. */
export interface CredentialSpec {
  /** Variables of the environment that may hold an API key; the first that does wins. */
  readonly keyVariables: readonly [string, ...string[]];
  /** Variables that may hold a token instead, which gateways take; looked at where there is no key. */
  readonly tokenVariables?: readonly string[];
  /** Where a person gets a key, as a sentence names it: `the Claude Console`. */
  readonly source: string;
  /** How a key begins: `sk-ant-…`. */
  readonly placeholder: string;
  /** Finds keys in any text, to take them out of it. */
  readonly pattern: RegExp;
  /** Where credit is bought. */
  readonly billingUrl?: string;
}

/** That a service may be somewhere else. */
export interface AddressSpec {
  /** The variable of the environment that says where. */
  readonly variable: string;
}

/** What says who pays. Goes to the service and nowhere else. */
export interface Credential {
  /** A key of the provider, or a token of a gateway in front of it. Never both are sent. */
  readonly kind: 'api-key' | 'auth-token';
  readonly secret: string;
}

/** How a provider is reached. */
export interface ProviderConnection {
  readonly credential?: Credential;
  /** Checked by the host. Absent: the provider's usual place. */
  readonly baseUrl?: string;
}

export interface ConnectOptions extends ProviderConnection {
  /** Absent: the provider's default. */
  readonly model?: string;
  /** One of the provider's `efforts`. Absent: the model's own default. */
  readonly effort?: string;
  /** What the user says that the model costs. Absent: what is known here. */
  readonly price?: ModelPrice;
}

/** A model to choose. */
export interface ModelChoice {
  /** As the provider calls it. */
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

export interface KnownModels {
  /** Absent where the user has to name one. */
  readonly defaultModel?: string;
  /** The recommended ones, the default first. */
  readonly choices: readonly ModelChoice[];
  /** The day on which prices were last looked up, as ISO 8601. Absent where there are none. */
  readonly asOf?: string;
  /** What a model costs; undefined where that is not known. */
  priceOf(model: string): ModelPrice | undefined;
  /** The models to ask instead where one declines to answer, in order. Absent: none. */
  fallbacksOf?(model: string): readonly string[];
}
