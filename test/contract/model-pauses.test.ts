import assert from 'node:assert/strict';
import { ModelProject, slugOf } from '../support/model-service/model-project.ts';
import { type ModelRun, runModel } from '../support/model-service/model-run.ts';
import { ModelService } from '../support/model-service/model-service.ts';

/** Some models call one tool, and wait for its result before they call the next. */
describe('a language model that writes one file and waits', function () {
  this.timeout(180_000);
  let service: ModelService;
  let project: ModelProject;
  let run: ModelRun;

  before(async () => {
    project = await ModelProject.read('crm');
    service = await ModelService.start({
      reply: (asked) => {
        const reply = project.reply(asked);
        return reply.files === undefined ? reply : { ...reply, files: reply.files.slice(0, 1) };
      },
    });
    run = await runModel(service, project.request);
  });
  after(() => service.stop());

  it('is asked for the rest until every slice is whole', () => {
    assert.ok(run.result?.success, String(run.error));
    assert.ok(project.slices.size > 0);
    const onDisk = run.disk.snapshot();
    for (const { path, content } of [...project.slices.values()].flat()) {
      if (!/^(tables|slots)\.json$/.test(path)) assert.equal(onDisk[path], content, path);
    }
  });

  it('is asked once for each file, and nothing counts as a repair', () => {
    const asked = service.messages.flatMap(({ asked: each }) => (each === undefined || each.wantsValue ? [] : [each]));
    for (const [slug, files] of project.slices) {
      assert.equal(asked.filter((each) => slugOf(each) === slug).length, files.length, slug);
    }
    assert.ok(asked.every(({ task }) => !task.includes('<problems>')));
  });
});
