import { slugOf } from '../test/support/model-service/model-project.ts';
import { ModelService } from '../test/support/model-service/model-service.ts';
import { files, value } from '../test/support/model-service/replies.ts';
import { analysis, largeFile, mark, sliceFiles } from './bench-model-project.mjs';

/**
 * The process of the stand-in for the model service, so that its time and memory are not those of the program that is measured. Answers
 * each message: `start` with where it is, `report` with what it was asked and when it sent each mark.
 */
let service;
let sent = new Map();
let ends = new Map();

/** Notes when a mark has been sent to its last letter. */
function onDelta(text, requestId) {
  const now = process.hrtime.bigint();
  const unread = (ends.get(requestId) ?? '') + text;
  let end = 0;
  for (const found of unread.matchAll(mark)) {
    if (!sent.has(found[0])) sent.set(found[0], String(now));
    end = found.index + found[0].length;
  }
  ends.set(requestId, unread.slice(Math.max(end, unread.length - 100)));
}

function reply(asked, largeBytes) {
  if (asked.wantsValue) return value(analysis);
  const slug = slugOf(asked);
  const slice = sliceFiles(slug);
  if (largeBytes === undefined || slug !== 'show-sales') return files(slice);
  // It is refused once it is there, for no feature needs a file of that size: the next one is small.
  const bytes = asked.task.includes('<problems>') ? 100 : largeBytes;
  return files([{ path: `src/client/modules/${slug}/large.ts`, content: largeFile(bytes) }, ...slice]);
}

const answers = {
  async start({ largeBytes, ...options }) {
    await service?.stop();
    service = await ModelService.start({ ...options, reply: (asked) => reply(asked, largeBytes), onDelta });
    return { url: service.url, key: service.key };
  },
  report() {
    const requests = service.messages.map(({ asked, usage, status }) => ({
      status,
      isAnalysis: asked?.wantsValue ?? false,
      outputTokens: usage?.output_tokens ?? 0,
    }));
    const report = { requests, sent: [...sent], mostParallel: service.mostParallel };
    sent = new Map();
    ends = new Map();
    service.reset();
    return report;
  },
};

process.on('message', async ({ kind, ...message }) => process.send(await answers[kind](message)));
process.on('disconnect', () => service?.stop());
