import type { Fault } from '../../support/model-service/faults.ts';
import { ModelProject, slugOf } from '../../support/model-service/model-project.ts';
import { ModelService } from '../../support/model-service/model-service.ts';

/**
 * The stand-in for the model service as a process of its own, for tests that run inside VS Code. It answers for the blog of the fixtures and
 * is told what goes wrong by messages.
 */

/** What it is told. */
export type ServiceOrder =
  | {
      readonly type: 'fault';
      readonly fault: Fault;
      readonly times?: number;
      /** Only for requests about this slice. */
      readonly slug?: string;
    }
  | { readonly type: 'reset' }
  | { readonly type: 'report' };

/** What it says: once when it listens, and after every order. */
export interface ServiceReport {
  readonly url: string;
  readonly key: string;
  /** The slug of every slice that was asked for, and `analysis`; refused ones included. */
  readonly asked: readonly string[];
}

const project = await ModelProject.read('blog');
const service = await ModelService.start({
  reply: (asked) => project.reply(asked),
  pace: { firstTokenMs: 50, tokensPerSecond: Number(process.env.TAKOSS_MODEL_PACE ?? 4000) },
});

function report(): void {
  const asked = service.messages.map(({ asked }) => (asked === undefined ? 'refused' : (slugOf(asked) ?? 'analysis')));
  const { url, key } = service;
  process.send?.({ url, key, asked } satisfies ServiceReport);
}

process.on('message', (order: ServiceOrder) => {
  if (order.type === 'reset') service.reset();
  if (order.type === 'fault') {
    const { fault, times = 1, slug } = order;
    service.faults.add(fault, { times, when: (asked) => slug === undefined || slugOf(asked) === slug });
  }
  report();
});
process.on('disconnect', () => process.exit());
report();
