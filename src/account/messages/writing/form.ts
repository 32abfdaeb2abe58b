import { writeTexts } from '#src/account/messages/texts.ts';
import { type SubjectCode, subjectIn, subjects } from '#src/account/messages/writing/subject-texts.ts';
import type { Voice } from '#src/texts/language.ts';
import type { Problem, Typed } from '#src/web/page.ts';

const mostCharacters = 5_000;
/** Longer than that, so that what is too long is shown again whole. */
export const longestField = 20_000;

/** What somebody wrote, or everything that is wrong with it. */
export type MessageReading =
  | { readonly ok: true; readonly subject: string; readonly text: string }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** A new message: its subject from the list, as the caisse reads it, and its text. */
export function readMessage(typed: Typed, voice: Voice): MessageReading {
  const subject = subjectIn(typed.text('sujet'));
  const problems: Problem[] = [
    ...(subject ? [] : [{ field: 'sujet', text: writeTexts[voice].noSubject }]),
    ...textProblems(typed, voice),
  ];
  return subject && problems.length === 0 ? read(subject, typed) : { ok: false, problems };
}

/** What is wrong with the text of a message, or of an answer. */
export function textProblems(typed: Typed, voice: Voice): readonly Problem[] {
  const t = writeTexts[voice];
  const { length } = typed.lines('texte');
  if (length === 0) return [{ field: 'texte', text: t.noText }];
  return length > mostCharacters ? [{ field: 'texte', text: t.textTooLong(length - mostCharacters) }] : [];
}

function read(subject: SubjectCode, typed: Typed): MessageReading {
  return { ok: true, subject: subjects.fr[subject], text: typed.lines('texte') };
}
