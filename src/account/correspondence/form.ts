import { correspondenceTexts } from '#src/account/correspondence/texts.ts';
import type { Choice, Correspondence, Frequency } from '#src/correspondence/correspondence.ts';
import { readPhrase } from '#src/correspondence/phrase.ts';
import type { Voice } from '#src/texts/language.ts';
import type { Problem, Typed } from '#src/web/page.ts';

/** How often, as the form says it. */
export const frequencyValues = {
  'at-once': 'immediat',
  daily: 'quotidien',
  weekly: 'hebdomadaire',
} as const satisfies Record<Frequency, string>;

const frequencies = ['at-once', 'daily', 'weekly'] as const satisfies readonly Frequency[];

export interface CorrespondenceReading {
  readonly problems: readonly Problem[];
  readonly chosen: Choice;
}

/**
 * Reads the form. `current`: what holds; it decides on what was not asked: paper where no letters are printed, and how
 * often where the person unsubscribed and keeps paper.
 */
export function readCorrespondence(
  typed: Typed,
  current: Correspondence,
  { letters, voice }: { readonly letters: boolean; readonly voice: Voice },
): CorrespondenceReading {
  const t = correspondenceTexts[voice];
  const problems: Problem[] = [];
  const answer = letters ? typed.text('papier') : 'non';
  if (answer !== 'oui' && answer !== 'non') problems.push({ field: 'papier', text: t.paperEmpty });
  const paper = answer === 'oui';
  const frequency = frequencies.find((one) => frequencyValues[one] === typed.text('frequenceAvis'));
  const staysUntold = frequency === undefined && paper && current.frequency === 'never';
  if (frequency === undefined && !staysUntold)
    problems.push({ field: 'frequenceAvis', text: t.frequencyEmpty });
  const reading = readPhrase(typed.text('phraseRepere'));
  if (!reading.ok) problems.push({ field: 'phraseRepere', text: t.phraseProblems[reading.reason] });
  return {
    problems,
    chosen: { paper, frequency: frequency ?? 'never', phrase: reading.ok ? reading.phrase : current.phrase },
  };
}
