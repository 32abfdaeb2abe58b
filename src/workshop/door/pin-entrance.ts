import type { Access } from '#src/web/access.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type PageAnswer, type PageRequest, redirect, redirectDone, type Shown } from '#src/web/page.ts';
import type { Trainer } from '#src/workshop/classes/owned.ts';
import { type Entrance, trainerCookie } from '#src/workshop/door/entrance.ts';
import type { TrainerDoor } from '#src/workshop/door/pin.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** A person who has typed the code is the trainer of this laptop. */
const trainerHere: Trainer = { id: null, name: null, hasPassphrase: false };

const noOrigins: readonly string[] = [];

/** The entrance of a laptop: the code of its terminal. */
export function pinEntrance(door: TrainerDoor): Entrance {
  return {
    pages: (everybody) => [doorPage(everybody, door)],
    trainerOf: (secret) => (door.isTrainer(secret) ? trainerHere : null),
    noteUse: () => {},
    formOrigins: () => noOrigins,
  };
}

function doorPage(everybody: Access<null, object>, door: TrainerDoor): Page<null> {
  return definePage({
    path: workshopPaths.trainer,
    about: { part: 'Workshop', shows: 'where the trainer’s code is typed', form: 'lets a trainer in' },
    access: everybody,
    show: (request, shown) =>
      door.isTrainer(request.sender.cookie(trainerCookie))
        ? redirect(workshopPaths.classes)
        : doorView(request, shown),
    submit: (request) => {
      const { typed, visit, now, sender } = request;
      const t = trainerTexts[visit.voice].door;
      if (typed.text('action') === 'sortir') {
        door.leave(sender.cookie(trainerCookie));
        return redirectDone('trainer-left', workshopPaths.trainer, { name: trainerCookie, value: null });
      }
      const entry = door.enter(typed.secret('pin'), sender.ip, now);
      if (entry.kind === 'entered')
        return redirect(workshopPaths.classes, { name: trainerCookie, value: entry.secret });
      return doorView(request, refused(typed.without('pin'), { field: 'pin', text: t[entry.kind] }));
    },
  });
}

function doorView(request: PageRequest, shown: Shown): PageAnswer {
  const { visit } = request;
  const t = trainerTexts[visit.voice].door;
  return formPage(request, shown, {
    title: t.title,
    back: workshopPaths.join,
    body: html`<p class="govuk-body">${t.lead}</p>
${form(visit, {
  autocomplete: 'off',
  body: html`${input(visit, { name: 'pin', label: t.pin, hint: t.pinHint, error: problemOf(shown.problems, 'pin'), width: 10, spaced: true, inputmode: 'numeric' })}
${button({ text: t.submit })}`,
})}`,
  });
}
