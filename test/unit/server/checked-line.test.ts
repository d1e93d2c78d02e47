import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { checkedLines, countChecked, slowCrc32 } from '../../../src/server/checked-line.ts';

const json = '{"type":"code_chunk","data":{"chunk":"é 😀"}}';

describe('the checksum of a line', () => {
  it('shows every single bit that changed, in the checksum too', () => {
    const line = checkedLines([json], 3);
    assert.equal(countChecked(line, 3), 1);
    for (let bit = 0; bit < (line.length - 1) * 8; bit += 1) {
      const changed = Buffer.from(line);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(countChecked(changed, 3), undefined, `bit ${bit}`);
    }
  });

  it('belongs to the place of the line', () => {
    const line = checkedLines([json], 3);
    for (const other of [0, 2, 4, 3 + 2 ** 20]) assert.equal(countChecked(line, other), undefined);
  });

  it('counts many lines, and refuses all when one is cut, empty or doubled', () => {
    const lines = checkedLines(Array(20).fill(json), 0)
      .toString()
      .split(/(?<=\n)/);
    assert.equal(countChecked(Buffer.from(lines.join('')), 0), 20);
    for (const changed of [
      lines.toSpliced(7, 1),
      lines.toSpliced(7, 0, lines[7] ?? ''),
      lines.toSpliced(7, 1, '\n'),
      lines.toSpliced(7, 1, `${json}\n`),
      lines.toSpliced(7, 1, `${lines[7]?.slice(0, 20)}\n`),
    ]) {
      assert.equal(countChecked(Buffer.from(changed.join('')), 0), undefined);
    }
  });

  it('is the same on a Node that cannot count it by itself', () => {
    const same = fc.property(fc.uint8Array(), fc.nat(), (bytes, number) => {
      assert.equal(slowCrc32(Buffer.from(bytes), number), crc32(bytes, number));
    });
    fc.assert(same);
    assert.equal(slowCrc32(json, 7), crc32(json, 7));
  });
});
