/**
 * The order in which the formatter of the application puts names: letter by letter without case, numbers by their size, and where two letters differ by
 * their case alone, the capital first.
 */
export function compareNames(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (const [index, one] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    const difference = comparePart(one, other);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Numbers and single characters. */
function parts(text: string): string[] {
  return text.match(/\d+|\D/gu) ?? [];
}

function comparePart(a: string, b: string): number {
  if (/^\d/.test(a) && /^\d/.test(b)) return Number(a) - Number(b);
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  if (left !== right) return left < right ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
