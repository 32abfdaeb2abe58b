import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import type { Template, Templates } from '#src/workshop/templates/templates.ts';
import { templateTexts } from '#src/workshop/templates/texts.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** The templates on the list of classes: each is started again by one button; nothing where there are none. */
export function templateList(visit: Visit, templates: Pick<Templates, 'list' | 'unusable'>): Html | null {
  const t = templateTexts[visit.voice];
  const usable = templates.list();
  const unusable = templates.unusable();
  if (usable.length + unusable.length === 0) return null;
  return html`<h2 class="govuk-heading-m">${t.title}</h2>
<p class="govuk-body">${t.lead}</p>
${usable.map((one) => templateItem(visit, one))}
${unusable.map(
  (id) =>
    html`<p class="govuk-body">${t.unusable}</p>${form(visit, {
      action: workshopPaths.classes,
      body: html`<input type="hidden" name="modele" value="${id}">${button({ text: t.eraseUnusable, name: 'action', value: 'effacer-modele', style: 'secondary' })}`,
    })}`,
)}`;
}

function templateItem(visit: Visit, { id, plan, scenario }: Template): Html {
  const t = templateTexts[visit.voice];
  const level = trainerTexts[visit.voice].classes.levels[plan.level];
  return html`<h3 class="govuk-heading-s">${plan.name}</h3>
<p class="govuk-body">${t.about(scenario.title[visit.language], plan.seats, level)}. <a class="govuk-link" href="${addressOf(id)}">${t.change}<span class="govuk-visually-hidden"> ${plan.name}</span></a></p>
${form(visit, {
  action: workshopPaths.classes,
  body: html`<input type="hidden" name="action" value="recommencer"><input type="hidden" name="modele" value="${id}">${button({ text: html`${t.start}<span class="govuk-visually-hidden"> ${t.startHidden(plan.name)}</span>`, style: 'secondary' })}`,
})}`;
}

/** Where a template is renamed or erased. */
export function templateView(
  request: PageRequest<{ readonly template: Template }>,
  shown: Shown,
): PageAnswer {
  const { visit, template } = request;
  const t = templateTexts[visit.voice].page;
  const { plan } = template;
  const answer = formPage(request, shown, {
    title: t.title(plan.name),
    body: html`${form(visit, {
      body: html`${input(visit, { name: 'nom', label: t.name, hint: t.nameHint, value: shown.typed.has('nom') ? shown.typed.text('nom') : plan.name, error: problemOf(shown.problems, 'nom'), width: 30 })}
${button({ text: t.rename, name: 'action', value: 'renommer' })}`,
    })}
<h2 class="govuk-heading-m">${t.erase}</h2>
<p class="govuk-body">${t.eraseWhy}</p>
${form(visit, { body: button({ text: t.erase, name: 'action', value: 'effacer', style: 'secondary' }) })}`,
  });
  return { ...answer, back: { href: workshopPaths.classes, text: t.back } };
}

function addressOf(id: string): string {
  return workshopPaths.template.replace(':modele', id);
}
