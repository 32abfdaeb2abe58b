import type { FewTries } from '#src/limits/last-try.ts';
import { catalogue, type Voice } from '#src/texts/language.ts';
import { formatNotBefore } from '#src/texts/typography.ts';

/** What is left when a way is suspended, said before its last try. */
type After = 'identity' | 'proof' | 'code';

const texts = catalogue({
  fr: {
    none: (until: string) => `C’était le dernier essai. Prochain essai possible : ${until}.`,
    last: (until: string) =>
      `Attention, il vous reste un seul essai. S’il échoue, il faudra attendre : prochain essai ${until}.`,
    oneOfCode:
      'Il vous reste un seul essai avec ce code. Ensuite, seul le bouton du message fonctionnera, ou le code d’un nouveau message',
    noneOfCode:
      'Le code du message ne peut plus servir : il y a eu trop d’essais. Appuyez sur le bouton du message, ou demandez un nouveau message',
    after: {
      identity: 'En attendant, utilisez un autre moyen, ou téléphonez.',
      proof: 'En attendant, demandez un code provisoire, ou utilisez un autre moyen.',
      code: 'En attendant, utilisez un autre moyen, ou téléphonez.',
    },
  },
  en: {
    none: (until: string) => `That was the last attempt. Next attempt possible: ${until}.`,
    last: (until: string) =>
      `Careful, you have one attempt left. If it fails you will have to wait: next attempt ${until}.`,
    oneOfCode:
      'You have one attempt left with this code. After that, only the button of the message will work, or the code of a new message',
    noneOfCode:
      'The code of the message can no longer be used: there have been too many attempts. Press the button of the message, or ask for a new message',
    after: {
      identity: 'Meanwhile, use another way, or call.',
      proof: 'Meanwhile, ask for a provisional code, or use another way.',
      code: 'Meanwhile, use another way, or call.',
    },
  },
  plain: {
    fr: {
      none: (until: string) => `C’était le dernier essai. Vous pourrez réessayer ${until}.`,
      last: (until: string) => `Attention, il reste un seul essai. Ensuite, vous pourrez réessayer ${until}.`,
      after: {
        identity: 'Choisissez un autre moyen, ou téléphonez.',
        proof: 'Demandez un code, ou choisissez un autre moyen.',
        code: 'Choisissez un autre moyen, ou téléphonez.',
      },
      oneOfCode: 'Attention, il reste un seul essai. Ensuite, utilisez le bouton de l’email',
      noneOfCode:
        'Il y a eu trop d’essais. Le code de l’email ne peut plus servir. Utilisez le bouton de l’email, ou demandez un nouvel email',
    },
    en: {
      oneOfCode: 'Careful, there is one attempt left. After that, use the button of the email',
      noneOfCode:
        'There were too many attempts. The code of the email no longer works. Use the button of the email, or ask for a new email',
    },
  },
});

/** Added to a refusal that leaves one try, or none: what comes after it. Empty when more are left. */
export function lastTryText(voice: Voice, few: FewTries | null, after: After): string {
  if (few === null) return '';
  const t = texts[voice];
  const until = formatNotBefore(few.until, voice);
  return ` ${few.left === 0 ? t.none(until) : t.last(until)} ${t.after[after]}`;
}

/**
 * What is said of a wrong code of a mail, of which `left` tries remain. Once none is left, copying it again is no advice.
 * null: nothing is said of it, outside the waiting session.
 */
export function wrongCodeText(voice: Voice, wrong: string, left: number | null): string {
  const t = texts[voice];
  if (left === 0) return t.noneOfCode;
  return left === 1 ? `${wrong}. ${t.oneOfCode}` : wrong;
}
