import { frequencyValues } from '#src/account/correspondence/form.ts';
import { correspondenceTexts } from '#src/account/correspondence/texts.ts';
import { accountTexts } from '#src/account/texts.ts';
import type { Correspondence } from '#src/correspondence/correspondence.ts';
import { paths } from '#src/paths.ts';
import type { Voice } from '#src/texts/language.ts';
import { insetText, warningText } from '#src/web/components/asides.ts';
import { button, buttonGroup } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { radios } from '#src/web/components/radios.ts';
import { formPage, problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { PageAnswer, PageRequest, Shown } from '#src/web/page.ts';

/** What the page says about the post. */
export interface Post {
  /** The town of the address that the register knows, masked; null: it knows none. */
  readonly town: string | null;
  /** After how many days an important document goes by post by itself. */
  readonly paperDays: number;
}

/** `post`: null where no letters are printed: nothing is said of paper then. */
export function correspondenceView(
  request: PageRequest,
  shown: Shown,
  current: Correspondence,
  post: Post | null,
): PageAnswer {
  const { visit } = request;
  const { typed, problems } = shown;
  const t = correspondenceTexts[visit.voice];
  const common = accountTexts[visit.voice];
  const error = (field: string) => problemOf(problems, field);
  const untold = current.frequency === 'never';
  return formPage(request, shown, {
    title: t.title,
    back: paths.account,
    body: html`<p class="govuk-body">${t.lead}</p>
      ${untold && insetText(html`<p>${t.untold}${post?.town && ` ${t.untoldPaper}`}</p>`)}
      ${post?.town === null && warningText(visit, t.noAddress)}
      ${form(visit, {
        legend: true,
        body: html`${post && paperField(request, shown, post)}
          ${radios(visit, {
            name: 'frequenceAvis',
            label: t.frequency,
            hint: t.frequencyHint,
            size: 'm',
            error: error('frequenceAvis'),
            value: typed.text('frequenceAvis'),
            items: frequencyItems(visit.voice),
            required: !(untold && post),
          })}
          ${input(visit, {
            name: 'phraseRepere',
            label: t.phrase,
            hint: t.phraseHint,
            size: 'm',
            error: error('phraseRepere'),
            value: typed.text('phraseRepere'),
            required: false,
            autocomplete: 'off',
            help: html`<p class="govuk-body">${t.phraseWhy}</p>`,
          })}
          ${buttonGroup(
            button({ text: common.save }),
            button({ text: common.cancel, href: paths.account, style: 'secondary' }),
          )}`,
      })}`,
  });
}

function paperField({ visit }: PageRequest, { typed, problems }: Shown, { town, paperDays }: Post): Html {
  const t = correspondenceTexts[visit.voice];
  return radios(visit, {
    name: 'papier',
    label: t.paper,
    hint: town === null ? undefined : html`${t.paperHint} <strong>${town}</strong>. ${t.paperKeep}`,
    size: 'm',
    error: problemOf(problems, 'papier'),
    value: typed.text('papier'),
    items: [
      { value: 'oui', text: t.paperYes, hint: t.paperYesHint },
      { value: 'non', text: t.paperNo, hint: t.paperNoHint(paperDays) },
    ],
  });
}

function frequencyItems(voice: Voice) {
  const t = correspondenceTexts[voice];
  return [
    { value: frequencyValues['at-once'], text: t.atOnce },
    { value: frequencyValues.daily, text: t.daily },
    { value: frequencyValues.weekly, text: t.weekly },
  ];
}
