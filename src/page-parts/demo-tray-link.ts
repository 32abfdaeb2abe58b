import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    email: 'Lire l’email',
    sms: 'Lire le SMS',
    letter: 'Lire le courrier',
    kind: { demo: '(démonstration)', exercise: '(exercice)' },
  },
  en: {
    email: 'Read the email',
    sms: 'Read the text message',
    letter: 'Read the letter',
    kind: { demo: '(demo)', exercise: '(exercise)' },
  },
});

/** In a demo or an exercise, a link to the tray where the message has arrived that the page waits for; nothing elsewhere. */
export function demoTrayLink({ demo, voice }: Visit, tray: 'email' | 'sms' | 'letter'): Html | null {
  const t = texts[voice];
  return (
    demo &&
    html`<p class="govuk-body"><a class="govuk-link" href="${demo.trays[tray].path}">${t[tray]} ${t.kind[demo.kind]}</a></p>`
  );
}
