import type { CodeChunkData } from './events.ts';

export interface FileState {
  readonly path: string;
  /** Characters so far; bytes once it is complete. */
  readonly size: number;
  readonly isComplete: boolean;
}

export interface LiveFile {
  readonly path: string;
  /** The last {@link liveTextLimit} characters. */
  readonly text: string;
  /** Whether the beginning is left out of `text`. */
  readonly isTail: boolean;
  /** When it last grew, where that is known. */
  readonly at: number | undefined;
}

/** The files of a run, as its state keeps them. */
export interface FilesState {
  /** Files in the order in which they began. */
  readonly files: readonly FileState[];
  /** The file being written, with the end of its text. */
  readonly live: LiveFile | undefined;
}

/** How much of the live file is kept, in UTF-16 units: about two screens, so that state stays small whatever the file. */
export const liveTextLimit = 8192;

/** How long the live file may pause before another one takes its place, in ms: models write several at once. */
const livePauseMs = 1000;

/** The next state of the files after a piece of one. Other parts of the state pass through. */
export function reduceFiles<T extends FilesState>(state: T, data: CodeChunkData, at: number | undefined): T {
  // The file being written is nearly always the last to have begun.
  const index = state.files.findLastIndex((file) => file.path === data.file);
  if (data.isDiscarded === true) {
    const live = state.live?.path === data.file ? undefined : state.live;
    return { ...state, live, files: index === -1 ? state.files : state.files.toSpliced(index, 1) };
  }
  const known = state.files[index];
  const restarted = data.offset === 0;
  const before = known === undefined || restarted ? 0 : known.size;
  const file: FileState = {
    path: data.file,
    size: data.isComplete && data.bytes !== undefined ? data.bytes : before + data.chunk.length,
    isComplete: data.isComplete,
  };
  const files = known === undefined ? [...state.files, file] : state.files.with(index, file);
  if (isWatched(state, data, at)) return { ...state, files };
  const text = (state.live?.path === data.file && !restarted ? state.live.text : '') + data.chunk;
  return {
    ...state,
    files,
    live: {
      path: data.file,
      text: text.length > liveTextLimit ? text.slice(-liveTextLimit) : text,
      isTail: text.length > liveTextLimit || before + data.chunk.length > text.length,
      at,
    },
  };
}

/** Whether another file is the live one and still grows: it stays in view then, rather than two taking turns. */
function isWatched({ live, files }: FilesState, data: CodeChunkData, at: number | undefined): boolean {
  if (live === undefined || live.path === data.file) return false;
  if (data.isComplete && data.chunk === '') return true;
  const isDone = files.findLast((file) => file.path === live.path)?.isComplete ?? true;
  return !isDone && live.at !== undefined && at !== undefined && at - live.at < livePauseMs;
}
