import assert from 'node:assert/strict';
import { withoutUnusedImports } from '../../../../src/engines/model/slices/unused-imports.ts';

const removed: readonly (readonly [what: string, before: string, after: string])[] = [
  ['a whole import', "import { a } from 'a';\nimport { b } from 'b';\nb();\n", "import { b } from 'b';\nb();\n"],
  ['a name among others', "import { a, b, c } from 'x';\na(c);\n", "import { a, c } from 'x';\na(c);\n"],
  ['a default beside names', "import d, { a } from 'x';\na();\n", "import { a } from 'x';\na();\n"],
  ['names beside a default', "import d, { a } from 'x';\nd();\n", "import d from 'x';\nd();\n"],
  ['a namespace', "import * as all from 'x';\nf();\n", 'f();\n'],
  ['a type', "import type { A, B } from 'x';\nlet b: B;\n", "import type { B } from 'x';\nlet b: B;\n"],
  ['a type among values', "import { type A, b } from 'x';\nb();\n", "import { b } from 'x';\nb();\n"],
  ['what has another name here', "import { a as c, b } from 'x';\na(b);\n", "import { b } from 'x';\na(b);\n"],
  [
    'names over several lines',
    "import {\n  a,\n  b,\n} from 'x';\n\nexport const y = b;\n",
    "import { b } from 'x';\n\nexport const y = b;\n",
  ],
];

const kept: readonly (readonly [what: string, code: string])[] = [
  ['what is used', "import { a } from 'x';\na();\n"],
  ['a component', "import { A } from 'x';\nexport const b = <A />;\n"],
  ['a part of a component', "import { A } from 'x';\nexport const b = <A.B />;\n"],
  ['a type of a parameter', "import type { A } from 'x';\nexport const b = (a: A) => a;\n"],
  ['a type of a value', "import { a } from 'x';\nexport type B = typeof a;\n"],
  ['what is passed on', "import { a } from 'x';\nexport { a };\n"],
  ['an import for its effects', "import './x.ts';\n"],
  ['an import with words about it', "import {\n  a, // for later\n} from 'x';\n"],
  ['other unused names', 'const a = 1;\nfunction b() {}\n'],
  ['what cannot be read', "import { a } from 'x';\nexport const = ;\n"],
];

describe('unused imports', () => {
  for (const [what, before, after] of removed) {
    it(`are removed: ${what}`, () => assert.equal(withoutUnusedImports('src/client/a.tsx', before), after));
  }
  for (const [what, code] of kept) {
    it(`are all that is removed, and not ${what}`, () =>
      assert.equal(withoutUnusedImports('src/client/a.tsx', code), code));
  }
  it('are looked for in modules only', () => {
    assert.equal(withoutUnusedImports('notes.md', "import { a } from 'x';\n"), "import { a } from 'x';\n");
  });
});
