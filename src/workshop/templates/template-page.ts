import { type Access, admitted, elsewhere } from '#src/web/access.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { redirectDone } from '#src/web/page.ts';
import type { AtWork, TrainerAccess } from '#src/workshop/classes/owned.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { templateView } from '#src/workshop/templates/template-view.ts';
import type { Template } from '#src/workshop/templates/templates.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** Where a template is renamed or erased. */
export function templatePage(trainer: TrainerAccess): Page<null> {
  const ofTemplate: Access<null, AtWork & { readonly template: Template }> = {
    ...trainer,
    judge: (visitor) => {
      const admission = trainer.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const template = admission.who.templates.find(visitor.parameter('modele'));
      return template ? admitted({ ...admission.who, template }) : elsewhere(workshopPaths.classes);
    },
  };
  return definePage({
    path: workshopPaths.template,
    about: { part: 'Workshop', shows: 'a class that is kept as a template', form: 'renames or erases it' },
    access: ofTemplate,
    show: templateView,
    submit: (request) => {
      const { typed, visit, template, templates } = request;
      if (typed.text('action') === 'effacer') {
        templates.erase(template.id);
        return redirectDone('class-template-erased', workshopPaths.classes);
      }
      const name = typed.text('nom');
      if (name === '' || name.length > 60) {
        const text = trainerTexts[visit.voice].classes.nameProblem;
        return templateView(request, refused(typed, { field: 'nom', text }));
      }
      templates.rename(template, name);
      return redirectDone('class-template-renamed', workshopPaths.classes);
    },
  });
}
