import { writeFile } from 'node:fs/promises';
import { dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import { fold } from '#src/passwords/folding.ts';

/**
 * Writes two sorted lists of folded words of four characters or more from the dictionaries of zxcvbn-ts:
 * `common-passwords.txt`, common passwords, French words, first names and surnames, refused as exact words;
 * `frequent-passwords.txt`, the most frequent passwords and first names, refused also with digits or signs around them.
 */
const header = `Common passwords and words, written by scripts/build-common-passwords.ts. Do not edit.
From @zxcvbn-ts/language-common and @zxcvbn-ts/language-fr (MIT, © zxcvbn-ts contributors).
French words derive from OpenSubtitles 2024 via OPUS, Helsinki-NLP (https://opus.nlpl.eu/), licence ODC-BY.
The list starts after the empty line.
`;
const frenchFavourites =
  'doudou loulou chouchou marseille paris lyon bordeaux toulouse bretagne corse chocolat vanille poupette ' +
  'ameli vitale minou biquet cherie coeur amour bisous jesuis tournedos camion football lapin chaton coucou';

async function write(name: string, dictionaries: readonly (readonly (string | number)[])[]): Promise<void> {
  const words = dictionaries
    .flat()
    .map((word) => fold(String(word)).replaceAll(' ', ''))
    .filter((word) => /^[\x21-\x7e]{4,}$/.test(word));
  const sorted = [...new Set(words)].sort((a, b) => (a < b ? -1 : 1));
  await writeFile(new URL(`../src/passwords/${name}`, import.meta.url), `${header}\n${sorted.join('\n')}\n`);
  console.log(`${name}: ${sorted.length} entries`);
}

await write('common-passwords.txt', [...Object.values(common), ...Object.values(french)]);
await write('frequent-passwords.txt', [
  common['passwords-common'].slice(0, 3_000),
  french['firstnames-fr'],
  french['months-fr'],
  frenchFavourites.split(' '),
]);
