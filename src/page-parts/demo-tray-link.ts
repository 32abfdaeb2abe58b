import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    email: 'Lire l’email (démonstration)',
    sms: 'Lire le SMS (démonstration)',
    letter: 'Lire le courrier (démonstration)',
  },
  en: {
    email: 'Read the email (demo)',
    sms: 'Read the text message (demo)',
    letter: 'Read the letter (demo)',
  },
});

/** In a demo, a link to the tray where the message has arrived that the page waits for; nothing elsewhere. */
export function demoTrayLink({ demo, voice }: Visit, tray: keyof typeof texts.fr): Html | null {
  return (
    demo &&
    html`<p class="govuk-body"><a class="govuk-link" href="${demo.trays[tray].path}">${texts[voice][tray]}</a></p>`
  );
}
