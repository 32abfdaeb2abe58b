import { catalogue } from '#src/texts/language.ts';
import type { Access } from '#src/web/access.ts';
import { button } from '#src/web/components/button.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { roleCookie } from '#src/web/visit-of.ts';
import type { Classes } from '#src/workshop/classes/classes.ts';
import { readPlace } from '#src/workshop/classroom/seats.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** How soon a browser asks again, with or without scripts. */
export const againSeconds = 3;

/** What a learner sees while the class opens, under the address that they asked for; and when it does not open. */
export function openingPage(everybody: Access<null, object>, classes: Pick<Classes, 'find'>): Page<null> {
  return definePage({
    path: workshopPaths.opening,
    about: { part: 'Workshop', shows: 'that the class of a seat opens, or why it does not', form: null },
    access: everybody,
    show: ({ sender, visit }) => {
      const place = readPlace(sender.cookie(roleCookie));
      const running = place && classes.find(place.classId);
      const t = openingTexts[visit.voice][running?.standing().kind === 'broken' ? 'broken' : 'opening'];
      return {
        kind: 'page',
        title: t.title,
        status: 503,
        retryAfterSeconds: againSeconds,
        body: html`<h1 class="govuk-heading-l">${t.title}</h1>
<p class="govuk-body">${t.text}</p>
<p class="govuk-body">${t.next}</p>
${button({ href: workshopPaths.seat, text: t.again })}`,
      };
    },
  });
}

const openingTexts = catalogue({
  fr: {
    opening: {
      title: 'Votre classe s’ouvre',
      text: 'Cela prend quelques secondes. Tout ce que vous avez déjà fait est gardé.',
      next: 'Cette page se met à jour toute seule. Vous n’avez rien à faire.',
      again: 'Essayer maintenant',
    },
    broken: {
      title: 'Votre classe ne s’ouvre pas',
      text: 'Ce n’est pas de votre faute. Prévenez votre formateur.',
      next: 'Dès que la classe s’ouvrira, cette page se mettra à jour toute seule.',
      again: 'Essayer maintenant',
    },
  },
  en: {
    opening: {
      title: 'Your class is opening',
      text: 'This takes a few seconds. All that you have done is kept.',
      next: 'This page renews itself. You need not do anything.',
      again: 'Try now',
    },
    broken: {
      title: 'Your class does not open',
      text: 'It is not your fault. Tell your trainer.',
      next: 'As soon as the class opens, this page renews itself.',
      again: 'Try now',
    },
  },
});
