/** Currencies whose smallest unit is not a hundredth, by ISO 4217. */
const withoutDecimals = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '));
const withThree = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** How many decimal places amounts of a currency have. Two where none is named. */
export function minorUnits(currency: string | undefined): number {
  if (currency === undefined) return 2;
  if (withoutDecimals.has(currency)) return 0;
  return withThree.has(currency) ? 3 : 2;
}
