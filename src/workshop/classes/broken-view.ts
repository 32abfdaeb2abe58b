import { catalogue } from '#src/texts/language.ts';
import { formatTime } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import type { OwnClasses } from '#src/workshop/classes/owned.ts';

/** The classes that do not open: each with its reason, what to do, and two buttons; nothing when all do. */
export function brokenClasses(
  visit: Visit,
  classes: Pick<OwnClasses, 'list' | 'broken' | 'erasedAt'>,
): readonly Html[] {
  const t = brokenTexts[visit.voice];
  const failed = classes.list().flatMap((running) => {
    const { id, journal } = running;
    const now = running.standing();
    return now.kind === 'broken'
      ? [{ id, why: now.why, title: t.named(journal.state().plan.name), erasedAt: classes.erasedAt(running) }]
      : [];
  });
  const unread = classes.broken().map((one) => ({ ...one, title: t.unnamed }));
  const hidden = (id: string, action: string): Html =>
    html`<input type="hidden" name="classe" value="${id}"><input type="hidden" name="action" value="${action}">`;
  return [...failed, ...unread].map(
    ({ id, why, title, erasedAt }) => html`<h2 class="govuk-heading-m">${title}</h2>
<p class="govuk-body">${t.why[why]}${erasedAt && ` ${t.until(formatTime(erasedAt, visit.voice))}`}</p>
${form(visit, { body: html`${hidden(id, 'rouvrir')}${button({ text: t.again, style: 'secondary' })}` })} ${form(visit, { body: html`${hidden(id, 'effacer')}${button({ text: t.erase, style: 'secondary' })}` })} `,
  );
}

/** Does what a button of those asks for; answers whether it was one of them. */
export async function actOnBroken(classes: OwnClasses, typed: Typed): Promise<boolean> {
  const id = typed.text('classe');
  const isBroken =
    classes.broken().some((one) => one.id === id) || classes.find(id)?.standing().kind === 'broken';
  switch (typed.text('action')) {
    case 'rouvrir':
      await classes.retry(id);
      return true;
    case 'effacer':
      if (isBroken) await classes.erase(id);
      return true;
    default:
      return false;
  }
}

const brokenTexts = catalogue({
  fr: {
    named: (name: string) => `La classe «\u00a0${name}\u00a0» ne s’ouvre pas`,
    unnamed: 'Une classe ne s’ouvre pas',
    why: {
      full: 'Le disque de cet ordinateur est plein. Faites de la place, puis rouvrez la classe.',
      forbidden:
        'L’atelier n’a pas le droit d’écrire dans le dossier de la classe. Rendez ce droit à votre session, puis rouvrez la classe.',
      'in-use': 'Un autre programme utilise cette classe. Fermez-le, puis rouvrez la classe.',
      'needs-server':
        'Elle a été préparée avec un serveur de bases de données. Relancez l’atelier avec le même réglage DATABASE_URL.',
      damaged:
        'Son dossier est abîmé. Essayez de la rouvrir. Si rien ne change, effacez-la et préparez-en une autre.',
    },
    until: (date: string) => `Sinon, elle sera effacée toute seule ${date}.`,
    again: 'Rouvrir la classe',
    erase: 'Effacer la classe',
  },
  en: {
    named: (name: string) => `The class “${name}” does not open`,
    unnamed: 'A class does not open',
    why: {
      full: 'The disk of this computer is full. Make room, then open the class again.',
      forbidden:
        'The workshop may not write to the folder of the class. Allow it to your user, then open the class again.',
      'in-use': 'Another program uses this class. Close it, then open the class again.',
      'needs-server':
        'It was prepared with a database server. Start the workshop again with the same setting DATABASE_URL.',
      damaged:
        'Its folder is damaged. Try to open it again. If nothing changes, erase it and prepare another.',
    },
    until: (date: string) => `Otherwise it will be erased by itself ${date}.`,
    again: 'Open the class again',
    erase: 'Erase the class',
  },
});
