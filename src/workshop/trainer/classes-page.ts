import type { ClassPlan } from '#src/exercise/class-event.ts';
import { fitsPolicy, levels } from '#src/exercise/scenario.ts';
import { loadPolicy } from '#src/policy/load.ts';
import { formatTime } from '#src/texts/typography.ts';
import { insetText } from '#src/web/components/asides.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { radios } from '#src/web/components/radios.ts';
import { table } from '#src/web/components/table.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import {
  nothingTyped,
  type PageAnswer,
  type PageRequest,
  type Problem,
  redirect,
  redirectDone,
  type Shown,
  Typed,
} from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';
import { afterTexts } from '#src/workshop/after/after-texts.ts';
import { actOnBroken, brokenClasses } from '#src/workshop/classes/broken-view.ts';
import type { AtWork, TrainerAccess } from '#src/workshop/classes/owned.ts';
import { inUsualOrder, policyName } from '#src/workshop/classes/policy-names.ts';
import type { QuotaReached, Quotas } from '#src/workshop/classes/quotas.ts';
import type { ScenarioLibrary } from '#src/workshop/classes/scenarios.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { actOnTemplates } from '#src/workshop/templates/start-again.ts';
import { templateList } from '#src/workshop/templates/template-view.ts';
import { notPrepared } from '#src/workshop/trainer/not-prepared.ts';
import { refusedFiles } from '#src/workshop/trainer/refused-files.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

export interface ClassesPageOptions {
  readonly library: ScenarioLibrary;
  /** Presets of the policy, by their names. */
  readonly policies: readonly string[];
  readonly quotas: Quotas;
}

/** With which most classes begin. */
const usualScenario = 'premiers-pas-carte-vitale';

const usual = new Typed(
  new Map([
    ['scenario', usualScenario],
    ['niveau', 'debutant'],
    ['politique', 'ameli-2025'],
    ['places', '8'],
    ['langue', 'fr'],
  ]),
);

/** The classes of the trainer, and the form that prepares one. */
export function classesPage(trainer: TrainerAccess, options: ClassesPageOptions): Page<null> {
  return definePage({
    path: workshopPaths.classes,
    about: { part: 'Workshop', shows: 'the classes, and what a new one needs', form: 'prepares a class' },
    access: trainer,
    show: (request, shown) => classesView(request, shown, options),
    submit: async (request) => {
      const { typed, visit, own, trainer } = request;
      const refuse = (problem: Problem) => classesView(request, refused(typed, problem), options);
      if (await actOnBroken(own, typed)) return redirect(workshopPaths.classes);
      const { policies, quotas } = options;
      const again = await actOnTemplates(request, typed, { policies, voice: visit.voice });
      if (again?.kind === 'erased') return redirectDone('class-template-erased', workshopPaths.classes);
      if (again?.kind === 'gone') return refuse({ field: null, text: again.text, ours: true });
      const { plan, problems } = again ? { plan: null, problems: [] } : planIn(request, options);
      const preparation = again ?? (plan && (await own.prepare(plan)));
      switch (preparation?.kind) {
        case undefined:
          return classesView(request, refused(typed, ...problems), options);
        case 'prepared':
          return redirect(`${workshopPaths.classes}/${preparation.running.id}`);
        case 'refused':
          return refuse(quotaProblem(visit, preparation.reason, quotas, trainer));
        case 'failed':
          return refuse({ field: null, text: notPrepared(visit.voice, preparation.why), ours: true });
      }
    },
  });
}

/** What keeps a class from being prepared though nothing that was typed is wrong, and what to do. */
function quotaProblem(
  { voice }: Visit,
  reason: QuotaReached,
  quotas: Quotas,
  { id }: AtWork['trainer'],
): Problem {
  const t = trainerTexts[voice].classes;
  if (reason === 'seats') return { field: 'places', text: t.full.seats(quotas.seats) };
  const text = id === null ? t.full.here : t.full[reason](quotas[reason]);
  return { field: null, text, ours: true };
}

function planIn(
  { typed, visit }: PageRequest,
  { library, policies }: ClassesPageOptions,
): { plan: Omit<ClassPlan, 'code'> | null; problems: readonly Problem[] } {
  const t = trainerTexts[visit.voice].classes;
  const name = typed.text('nom');
  const level = levels.find((one) => one === typed.text('niveau'));
  const scenario = library.read().scenarios.find(({ key }) => key === typed.text('scenario'));
  const policy = policies.find((one) => one === typed.text('politique'));
  const seats = /^\d{1,2}$/.test(typed.text('places')) ? Number(typed.text('places')) : 0;
  const language = (['fr', 'en'] as const).find((one) => one === typed.text('langue'));
  const isWithoutIt = scenario && policy && !fitsPolicy(scenario, loadPolicy(policy));
  const isNamed = name !== '' && name.length <= 60;
  const hasSeats = seats >= 1 && seats <= 30;
  const problems = [
    isNamed ? [] : [{ field: 'nom', text: t.nameProblem }],
    scenario ? [] : [{ field: 'scenario', text: t.scenarioProblem }],
    level ? [] : [{ field: 'niveau', text: t.levelProblem }],
    policy ? [] : [{ field: 'politique', text: t.policyProblem }],
    isWithoutIt ? [{ field: 'politique', text: t.noFranceConnect }] : [],
    hasSeats ? [] : [{ field: 'places', text: t.seatsProblem }],
    language ? [] : [{ field: 'langue', text: t.languageProblem }],
  ].flat();
  if (!isNamed || !hasSeats || !level || !scenario || !policy || !language || isWithoutIt)
    return { plan: null, problems };
  return { plan: { name, level, scenario: scenario.key, policy, seats, language }, problems };
}

function classesView(request: PageRequest<AtWork>, shown: Shown, options: ClassesPageOptions): PageAnswer {
  const { visit, own, templates, trainer } = request;
  const { problems } = shown;
  const { library, policies, quotas } = options;
  const { scenarios, refused: unusable } = library.read();
  const typed = shown.typed === nothingTyped ? usual : shown.typed;
  const t = trainerTexts[visit.voice].classes;
  const shelf = scenarios.toSorted(
    (a, b) =>
      Number(b.key === usualScenario) - Number(a.key === usualScenario) ||
      levels.indexOf(a.level) - levels.indexOf(b.level),
  );
  const label = (text: string) =>
    html`<span class="cell-label">${text}${visit.language === 'fr' ? '\u00a0:' : ':'} </span>`;
  const list = own.list().map((running) => {
    const { id, journal } = running;
    const { plan, phase, seats } = journal.state();
    const sat = [...seats.values()].filter(({ device }) => device !== null).length;
    const name = html`<a class="govuk-link" href="${workshopPaths.classes}/${id}">${plan.name}</a>`;
    return [
      name,
      html`<span class="unbroken">${t.phase[phase]}</span>`,
      html`${label(t.code)}<strong class="unbroken">${plan.code}</strong>`,
      html`${label(t.places)}${t.sat(sat, seats.size)}`,
      html`${label(afterTexts[visit.voice].erasedWhen)}${formatTime(own.erasedAt(running), visit.voice)}`,
    ];
  });
  const choice = (
    name: string,
    label: string,
    items: readonly { value: string; text: string; hint?: string }[],
    hint?: string,
  ) =>
    radios(visit, {
      name,
      label,
      ...(hint === undefined ? {} : { hint }),
      items,
      value: typed.text(name),
      error: problemOf(problems, name),
      size: 's',
    });
  const answer = formPage(request, shown, {
    title: t.title,
    body: html`${list.length > 0 ? table({ caption: trainer.id === null ? t.listHere : t.list, head: [t.className, t.state, t.code, t.places, afterTexts[visit.voice].erasedWhen], rows: list }) : insetText(html`<p class="govuk-body">${t.none}</p>`)}
${brokenClasses(visit, own)}
${templateList(visit, templates)}
${trainer.id === null && refusedFiles(visit, unusable)}
<h2 class="govuk-heading-m">${t.prepare}</h2>
${form(visit, {
  legend: true,
  body: html`${input(visit, { name: 'nom', label: t.name, hint: t.nameHint, value: typed.text('nom'), error: problemOf(problems, 'nom'), width: 30 })}
${choice(
  'scenario',
  t.scenario,
  shelf.map(({ key, title, aim, minutes, level }) => ({
    value: key,
    text: `${title[visit.language]} (${t.minutes(minutes)}, ${t.levels[level].toLowerCase()})`,
    hint: aim[visit.language],
  })),
)}
${choice(
  'niveau',
  t.level,
  levels.map((value) => ({ value, text: t.levels[value], hint: t.levelHints[value] })),
)}
${choice(
  'politique',
  t.policy,
  inUsualOrder(policies).map((value) => ({ value, text: policyName(visit, value) })),
  t.policyHint,
)}
${input(visit, { name: 'places', label: t.seats, hint: t.seatsHint(quotas.seats), value: typed.text('places'), error: problemOf(problems, 'places'), width: 2, inputmode: 'numeric' })}
${choice(
  'langue',
  t.language,
  [
    { value: 'fr', text: t.languages.fr },
    { value: 'en', text: t.languages.en },
  ],
  t.languageHint,
)}
${button({ text: t.submit })}`,
})} ${trainer.name !== null && html`<p class="govuk-body">${trainerTexts[visit.voice].door.whose(trainer.name)}${trainer.hasPassphrase && html` <a class="govuk-link" href="${workshopPaths.passphrase}">${trainerTexts[visit.voice].door.passphrase}</a>`}</p>`}
${form(visit, {
  action: workshopPaths.trainer,
  body: html`<input type="hidden" name="action" value="sortir">${button({ text: trainerTexts[visit.voice].door.leave, style: 'secondary' })}`,
})}`,
  });
  return { ...answer, wide: true };
}
