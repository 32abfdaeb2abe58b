import { sectionTexts } from '#src/account/copy/section-texts.ts';
import type { PersonalData } from '#src/account/copy/sections.ts';
import type { Voice } from '#src/texts/language.ts';

export const jsonFormat = 'compte-assure personal data 1';

/** The file for machines (docs/personal-data.md): the rows as they are, and what each field means, in words. */
export function jsonCopy(data: PersonalData, voice: Voice, now: Date): Buffer {
  const file = { format: jsonFormat, madeAt: now.toISOString(), data, explained: sectionTexts[voice] };
  return Buffer.from(`${JSON.stringify(file, null, 2)}\n`);
}
