import { cleanCode } from '#src/texts/clean.ts';

/** Where somebody was born, in the codes of the official list (COG). */
export interface BirthPlace {
  /** Five characters of a commune; empty abroad, and where it is not known. */
  readonly birthPlace: string;
  /** `99100` for France, `99xxx` for another country; empty where it is not known. */
  readonly birthCountry: string;
}

export const france = '99100';

/** Algeria before 1962, Morocco and Tunisia before 1956: départements 91 to 96 and the last digits of the country. */
const formerTerritory = /^(9[1-4](?=352)|95(?=350)|96(?=351))/;

const commune = /^(\d\d|2[AB])\d{3}$/;
const country = /^99\d{3}$/;

/**
 * One birth place from what a file or a provider writes in two fields.
 *
 * - A commune has five characters; anything else («LISBOA», «75116 PARIS») says nothing of the commune.
 * - A country in the place (`99139`) is the country, when none was written apart.
 * - `93352` is Algeria (99352), which was numbered as départements until 1962; likewise Morocco (`95350`, where the
 *   country does not say France: it is a commune of the Val-d’Oise too) and Tunisia (`96351`).
 * - Somebody born in another country has no commune, whatever was written.
 */
export function readBirthPlace(writtenPlace: string, writtenCountry: string): BirthPlace {
  const place = cleanCode(writtenPlace);
  const told = cleanCode(writtenCountry);
  const birthCountry = country.test(told) ? told : '';
  if (country.test(place)) return { birthPlace: '', birthCountry: birthCountry || place };
  if (formerTerritory.test(place) && !(place === '95350' && birthCountry === france))
    return { birthPlace: '', birthCountry: `99${place.slice(2)}` };
  if (birthCountry !== '' && birthCountry !== france) return { birthPlace: '', birthCountry };
  return { birthPlace: commune.test(place) ? place : '', birthCountry };
}

/** Whether a place is written as a code, or not at all. */
export function isPlaceCode(writtenPlace: string): boolean {
  const place = cleanCode(writtenPlace);
  return place === '' || commune.test(place);
}
