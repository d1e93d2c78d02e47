import type { TakossError } from '../../core/errors.ts';
import type { StreamEvent } from '../../core/events.ts';
import type { Generation } from '../../core/ports.ts';
import type { GenerationRequest } from '../../core/request.ts';
import { inHostTime } from '../host-time.ts';
import type { RunGenerator, RunServer } from '../run-generator.ts';
import type { RemoteRun, RunMemory } from '../run-memory.ts';

/** Where one run is: on this machine, where it ends with its window, or on a server, where it goes on without. */
export class RunPlace {
  readonly #memory: RunMemory;
  readonly #known: RemoteRun | undefined;
  #server: RunServer | undefined;
  /** Comes with the first event of a run on a server. */
  #runId: string | undefined;
  /** Whether it is the run from before a reload, and has not been heard of since. */
  #isFollowing: boolean;

  /** `known` is a run that continues on a server; without, a new one begins. */
  constructor(memory: RunMemory, known: RemoteRun | undefined) {
    this.#memory = memory;
    this.#known = known;
    this.#isFollowing = known !== undefined;
  }

  /** Begins the run, or follows the one that is known. */
  generate({ generator, server }: RunGenerator, request: GenerationRequest, signal: AbortSignal): Generation {
    this.#server = server;
    if (server === undefined) return generator.generate(request, { signal });
    const known = this.#known;
    this.#runId = known?.runId;
    return inHostTime(
      known === undefined ? generator.generate(request, { signal }) : server.attach(known.runId, { signal }),
      ({ runId }, offsetMs) => {
        if (this.#runId !== undefined || runId === undefined) return;
        this.#runId = runId;
        void this.#memory.setRemoteRun({ endpoint: server.endpoint, runId, offsetMs });
      },
      known?.offsetMs,
    );
  }

  /** Host and port of the server; undefined on this machine. */
  get host(): string | undefined {
    return this.#server?.host;
  }

  /** The reason to abort with so that the run goes on without its window; undefined where it cannot. */
  get leaveReason(): unknown {
    return this.#runId === undefined ? undefined : this.#server?.leaveReason;
  }

  /** Whether an abort left the run to go on on its server. */
  isLeftBy(signal: AbortSignal | undefined): boolean {
    return this.#server !== undefined && signal?.reason === this.#server.leaveReason;
  }

  /** The run itself may still be well: whoever signs in, or has a network again, can go on with it. */
  isOutOfReach({ code }: TakossError): boolean {
    return this.#isFollowing && ['auth', 'network', 'rate-limit'].includes(code);
  }

  /** Hears of every event. Returns whether it says that the server no longer has the run that was to be followed. */
  isGone(event: StreamEvent): boolean {
    const isGone = this.#isFollowing && event.type === 'error' && event.data?.code === 'protocol';
    if (event.type !== 'error') this.#isFollowing = false;
    return isGone;
  }
}
