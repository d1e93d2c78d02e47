/** What words say of a number besides its bounds: its currency, its decimals, its unit. */
export interface SpokenFacets {
  readonly currency?: string;
  readonly decimals?: number;
  readonly unit?: string;
}

const currencyCodes: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

const currencyWords: readonly (readonly [RegExp, string])[] = [
  [/^(?:€|euros?)$/i, 'EUR'],
  [/^(?:us ?\$|\$|(?:us )?dollars?)$/i, 'USD'],
  [/^(?:£|(?:british )?pounds?(?: sterling)?)$/i, 'GBP'],
  [/^(?:¥|(?:japanese )?yen)$/i, 'JPY'],
  [/^(?:₹|(?:indian )?rupees?)$/i, 'INR'],
  [/^(?:swiss )?francs?$/i, 'CHF'],
  [/^(?:swedish )?kronor$/i, 'SEK'],
  [/^zloty$/i, 'PLN'],
];

/** Units as they are shown, by the ways in which they are written. */
const unitWords: readonly (readonly [RegExp, string])[] = [
  [/^(?:kg|kilos?|kilograms?)$/i, 'kg'],
  [/^(?:g|grams?)$/i, 'g'],
  [/^(?:mg|milligrams?)$/i, 'mg'],
  [/^(?:lbs?|pounds)$/i, 'lb'],
  [/^(?:km|kilomet(?:er|re)s?)$/i, 'km'],
  [/^(?:m|met(?:er|re)s?)$/i, 'm'],
  [/^(?:cm|centimet(?:er|re)s?)$/i, 'cm'],
  [/^(?:mm|millimet(?:er|re)s?)$/i, 'mm'],
  [/^miles?$/i, 'mi'],
  [/^(?:ft|feet)$/i, 'ft'],
  [/^inch(?:es)?$/i, 'in'],
  [/^(?:l|lit(?:er|re)s?)$/i, 'l'],
  [/^(?:ml|millilit(?:er|re)s?)$/i, 'ml'],
  [/^(?:m²|m2|sqm|square met(?:er|re)s?)$/i, 'm²'],
  [/^(?:°c|celsius|degrees celsius)$/i, '°C'],
  [/^(?:°f|fahrenheit|degrees fahrenheit)$/i, '°F'],
  [/^(?:km\/h|kmh|kph)$/i, 'km/h'],
  [/^kwh$/i, 'kWh'],
  [/^kcal$/i, 'kcal'],
  [/^(?:h|hrs?|hours)$/i, 'h'],
  [/^(?:min|mins|minutes)$/i, 'min'],
  [/^(?:s|secs?|seconds)$/i, 's'],
  [/^days$/i, 'days'],
  [/^weeks$/i, 'weeks'],
  [/^months$/i, 'months'],
];

const digits: Readonly<Record<string, number>> = { no: 0, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6 };

/** What a few words say of a number, or undefined where they say something else: `in EUR`, `kg`, `3 decimals`. */
export function spokenFacet(text: string): SpokenFacets | undefined {
  const words = text.trim().replace(/^(?:in|measured in|with)\s+/i, '');
  const places =
    /^(\d|no|one|two|three|four|five|six) (?:decimals?|decimal places?|digits after the (?:decimal )?point)$/i.exec(
      words,
    );
  const count = places?.[1]?.toLowerCase();
  if (count !== undefined) return { decimals: digits[count] ?? Number(count) };
  const currency = currencyCodes.has(words) ? words : foundIn(currencyWords, words);
  if (currency !== undefined) return { currency };
  const unit = foundIn(unitWords, words);
  return unit === undefined ? undefined : { unit };
}

/** What the end of a name says of the number under it, and the name without: `weight in kg`, `price eur`. */
export function nameFacet(name: string): { readonly name: string; readonly facet: SpokenFacets } {
  const [, start, end] = /^(.+?) in ((?:\S+ )?\S+)$/.exec(name) ?? [];
  if (start === undefined || end === undefined) return { name, facet: {} };
  const facet = spokenFacet(end.length === 3 && currencyCodes.has(end.toUpperCase()) ? end.toUpperCase() : end);
  return facet === undefined ? { name, facet: {} } : { name: start, facet };
}

function foundIn(list: readonly (readonly [RegExp, string])[], words: string): string | undefined {
  return list.find(([pattern]) => pattern.test(words))?.[1];
}
