import { jsonTexts } from '#src/account/copy/json-texts.ts';
import { type SectionTexts, sectionTexts } from '#src/account/copy/section-texts.ts';
import type { PersonalData } from '#src/account/copy/sections.ts';
import type { Voice } from '#src/texts/language.ts';

export const jsonFormat = 'compte-assure personal data 1';

/** The JSON file (docs/personal-data.md): the rows as they are, and what each field means, in words. */
export function jsonCopy(data: PersonalData, voice: Voice, now: Date): Buffer {
  const file = { format: jsonFormat, madeAt: now.toISOString(), data, explained: explainedIn(voice) };
  return Buffer.from(`${JSON.stringify(file, null, 2)}\n`);
}

function explainedIn(voice: Voice): SectionTexts {
  const { register, rights, account, payments, ...others } = sectionTexts[voice];
  const t = jsonTexts[voice];
  return {
    ...others,
    register: { ...register, fields: { ...register.fields, ...t.register } },
    rights: { ...rights, fields: { ...rights.fields, ...t.rights } },
    account: { ...account, fields: { ...account.fields, ...t.account } },
    payments: { ...payments, about: `${payments.about} ${t.amounts}` },
  };
}
