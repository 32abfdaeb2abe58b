import { cleanCode } from '#src/texts/clean.ts';

/** A place of birth, in the codes of the official list (COG). */
export interface BirthPlace {
  /** Code of the commune (5 characters); empty abroad, and if unknown. */
  readonly birthPlace: string;
  /** `99100` for France, `99xxx` for another country; empty if unknown. */
  readonly birthCountry: string;
}

export const france = '99100';

/** Algeria before 1962, Morocco and Tunisia before 1956: départements 91 to 96 and the last digits of the country. */
const formerTerritory = /^(9[1-4](?=352)|95(?=350)|96(?=351))/;

const commune = /^(\d\d|2[AB])\d{3}$/;
const country = /^99\d{3}$/;

/**
 * Reads a birth place from the two fields of a file or a provider.
 *
 * - A commune has five characters; anything else («LISBOA», «75116 PARIS») gives no commune.
 * - A country in the place (`99139`) is the country, if the other field has none.
 * - `93352` is Algeria (99352), which was numbered as départements until 1962; likewise Morocco (`95350`, where the
 *   country does not say France: it is a commune of the Val-d’Oise too) and Tunisia (`96351`).
 * - A birth in another country has no commune, whatever the field contains.
 */
export function readBirthPlace(writtenPlace: string, writtenCountry: string): BirthPlace {
  const place = cleanCode(writtenPlace);
  const countryCode = cleanCode(writtenCountry);
  const birthCountry = country.test(countryCode) ? countryCode : '';
  if (country.test(place)) return { birthPlace: '', birthCountry: birthCountry || place };
  if (formerTerritory.test(place) && !(place === '95350' && birthCountry === france))
    return { birthPlace: '', birthCountry: `99${place.slice(2)}` };
  if (birthCountry !== '' && birthCountry !== france) return { birthPlace: '', birthCountry };
  return { birthPlace: commune.test(place) ? place : '', birthCountry };
}

/** Whether a place is the code of a commune, or empty. */
export function isPlaceCode(writtenPlace: string): boolean {
  const place = cleanCode(writtenPlace);
  return place === '' || commune.test(place);
}
