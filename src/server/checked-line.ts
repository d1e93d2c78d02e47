import * as zlib from 'node:zlib';

/**
 * A line of a journal: eight hexadecimal digits, a space, and JSON. The digits are the CRC-32 of the JSON, begun with the number of the
 * line, so that a line that changed, moved or is missing shows.
 */
export const checksumLength = 9;

const lineFeed = 10;
const space = 32;

const placeholder = '00000000 ';
/** The two digits of each byte, as two bytes. */
const digits = Uint16Array.from({ length: 256 }, (_, byte) =>
  Buffer.from(byte.toString(16).padStart(2, '0')).readUInt16BE(),
);

/**
 * Lines of JSON as they stand in the journal, each with its checksum and its line feed. The first has the number `first`; the file's first line
 * has 0. The checksums are counted over the bytes that are written, which is half the work of counting them over the texts.
 */
export function checkedLines(lines: readonly string[], first: number): Buffer {
  const content = Buffer.from(`${placeholder}${lines.join(`\n${placeholder}`)}\n`);
  let number = first;
  for (let start = 0; start < content.length; number += 1) {
    const end = content.indexOf(lineFeed, start);
    let rest = crc32(content.subarray(start + checksumLength, end), number);
    for (let at = start + checksumLength - 3; at >= start; at -= 2) {
      content.writeUInt16BE(digits[rest & 0xff] ?? 0, at);
      rest >>>= 8;
    }
    start = end + 1;
  }
  return content;
}

/** Counts whole lines, each with its line feed, of which the first has the number `first`; undefined when one of them is damaged. */
export function countChecked(content: Buffer, first: number): number | undefined {
  let count = 0;
  for (let start = 0; start < content.length; ) {
    const end = content.indexOf(lineFeed, start);
    if (!isWhole(content, start, end, first + count)) return undefined;
    count += 1;
    start = end + 1;
  }
  return count;
}

function isWhole(content: Buffer, start: number, end: number, number: number): boolean {
  if (end - start < checksumLength || content[start + checksumLength - 1] !== space) return false;
  let said = 0;
  for (let at = start; at < start + checksumLength - 1; at += 1) {
    const digit = hexDigit(content[at] ?? 0);
    if (digit === undefined) return false;
    said = said * 16 + digit;
  }
  return said === crc32(content.subarray(start + checksumLength, end), number);
}

/** Lower case only: the other case of a letter is one flipped bit away. */
function hexDigit(code: number): number | undefined {
  if (code >= 48 && code <= 57) return code - 48;
  return code >= 97 && code <= 102 ? code - 87 : undefined;
}

/** Node has had it since 20.15 and 22.2. */
const crc32: (data: string | Buffer, value: number) => number = zlib.crc32 ?? slowCrc32;

const table = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The same, for a Node that does not have it. */
export function slowCrc32(data: string | Buffer, value: number): number {
  let crc = ~value;
  for (const byte of typeof data === 'string' ? Buffer.from(data) : data) {
    crc = (crc >>> 8) ^ (table[(crc ^ byte) & 0xff] ?? 0);
  }
  return ~crc >>> 0;
}
