const codes = ['DK', 'DE', 'EE', 'FI', 'FO', 'FR', 'GB', 'IE', 'IS', 'NL', 'NO', 'SE', 'US'];
const names = new Intl.DisplayNames('en', { type: 'region' });

/** A country the paper is posted to. */
export interface Country {
  readonly code: string;
  readonly name: string;
}

/** The countries the paper is posted to, by name. */
export const countries: readonly Country[] = codes
  .map((code) => ({ code, name: names.of(code) ?? code }))
  .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));

/** The English name of a country, or the code itself. */
export function countryName(code: string | undefined): string | undefined {
  if (code === undefined || code === '') return undefined;
  return countries.find((country) => country.code === code)?.name ?? code;
}
