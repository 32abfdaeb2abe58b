import { writeFile } from 'node:fs/promises';
import { dictionary as common } from '@zxcvbn-ts/language-common';
import { dictionary as french } from '@zxcvbn-ts/language-fr';
import { fold } from '#src/passwords/folding.ts';

/**
 * Writes `src/passwords/common-passwords.txt` from the dictionaries of zxcvbn-ts: common passwords, French
 * words, first names and surnames, folded, of four characters or more, sorted by code unit.
 */
const header = `Common passwords and words, written by scripts/build-common-passwords.ts. Do not edit.
From @zxcvbn-ts/language-common and @zxcvbn-ts/language-fr (MIT, © zxcvbn-ts contributors).
French words derive from OpenSubtitles 2024 via OPUS, Helsinki-NLP (https://opus.nlpl.eu/), licence ODC-BY.
The list starts after the empty line.
`;

const words = [...Object.values(common), ...Object.values(french)]
  .flat()
  .map((word) => fold(String(word)).replaceAll(' ', ''))
  .filter((word) => /^[\x21-\x7e]{4,}$/.test(word));
const sorted = [...new Set(words)].sort((a, b) => (a < b ? -1 : 1));
const target = new URL('../src/passwords/common-passwords.txt', import.meta.url);
await writeFile(target, `${header}\n${sorted.join('\n')}\n`);
console.log(`${sorted.length} entries`);
