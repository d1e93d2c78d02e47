/** What programs need to find themselves and their temporary files. Names, not patterns: whatever holds a secret is not among them. */
const plain = new Set(
  `PATH PATHEXT HOME USERPROFILE TMPDIR TMP TEMP LANG LC_ALL TZ SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC APPDATA LOCALAPPDATA
  PROGRAMFILES NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE`.split(/\s+/),
);
/** What npm needs besides to reach its registry. */
const forRegistry = /^(https?_proxy|no_proxy|node_extra_ca_certs|ssl_cert_(file|dir)|npm_config_\w+)$/i;
const secret = /key|token|secret|auth|passw|credential/i;

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment for programs that run what a model wrote: nothing in it is worth reading. */
export function cleanEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, (name) => plain.has(name.toUpperCase()));
}

/** The environment for npm, which runs nothing of what it installs. It finds the user's settings in the home folder. */
export function registryEnvironment(environment: Environment): Record<string, string> {
  return pick(environment, (name) => plain.has(name.toUpperCase()) || (forRegistry.test(name) && !secret.test(name)));
}

function pick(environment: Environment, isWanted: (name: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value !== undefined && isWanted(name) ? [[name, value] as const] : [],
    ),
  );
}
