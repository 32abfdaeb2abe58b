import { hash } from 'node:crypto';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { PdfPress } from '#src/documents/pdf/press.ts';
import type { Access } from '#src/web/access.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { input } from '#src/web/components/input.ts';
import { summaryList } from '#src/web/components/summary-list.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { formPage, problemOf, refused } from '#src/web/forms/form-page.ts';
import { html } from '#src/web/html.ts';
import { type Answer, nothingTyped, type PageAnswer, type PageRequest, type Shown } from '#src/web/page.ts';
import type { RunningClass } from '#src/workshop/classes/running-class.ts';
import { attendanceSheet, type Meeting } from '#src/workshop/papers/attendance.ts';
import { certificate } from '#src/workshop/papers/certificate.ts';
import { type ClassOnPaper, classOnPaper } from '#src/workshop/papers/class-on-paper.ts';
import { learnedSheet } from '#src/workshop/papers/learned.ts';
import { outline } from '#src/workshop/papers/outline.ts';
import { personSheets } from '#src/workshop/papers/person-sheets.ts';
import { hasRecord } from '#src/workshop/papers/steps/record.ts';
import { stepSheets } from '#src/workshop/papers/steps/step-sheets.ts';
import { papersTexts } from '#src/workshop/papers/texts.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

interface OfClass {
  readonly running: RunningClass;
}

const byHand: Meeting = { place: '', date: '', start: '', end: '' };

/** The papers by the names of their files, which say nothing of the class. */
const makers = {
  personnes: personSheets,
  etapes: stepSheets,
  fil: outline,
  emargement: (printed: ClassOnPaper) => attendanceSheet(printed, byHand),
  appris: learnedSheet,
  attestation: certificate,
} as const satisfies Record<string, (printed: ClassOnPaper) => readonly PaperDocument[]>;

type PaperName = keyof typeof makers;
const names: readonly PaperName[] = ['personnes', 'etapes', 'fil', 'emargement', 'appris', 'attestation'];

const fields = ['lieu', 'date', 'debut', 'fin'] as const;
const longest = 60;

/** The page with the papers of a class, before, during and after it, and the papers themselves. */
export function papersPages(ofClass: Access<null, OfClass>, press: PdfPress): readonly Page<null>[] {
  /** Null: too many papers are being written. */
  const write = async (
    { running, now }: PageRequest<OfClass>,
    name: PaperName,
    documents: readonly PaperDocument[],
  ): Promise<Answer | null> => {
    const title = documents[0]?.title ?? name;
    const who = hash('sha256', running.id, 'buffer');
    const content = await press.write(documents, { title, createdAt: now }, who);
    return content && { kind: 'file', type: 'application/pdf', name: `${name}.pdf`, content };
  };
  const busy = (request: PageRequest<OfClass>): PageAnswer => {
    const { busy: text } = papersTexts[request.visit.voice];
    return papersView(request, refused(nothingTyped, { field: null, text, ours: true }));
  };
  return [
    definePage({
      path: workshopPaths.boardPapers,
      about: { part: 'Workshop', shows: 'the papers of a class', form: 'makes an attendance sheet' },
      access: ofClass,
      show: papersView,
      submit: async (request) => {
        const { typed, visit, running } = request;
        const problems = fields
          .filter((field) => typed.text(field).length > longest)
          .map((field) => ({ field, text: papersTexts[visit.voice].tooLong }));
        if (problems.length > 0) return papersView(request, refused(typed, ...problems));
        const [place, date, start, end] = [
          typed.text('lieu'),
          typed.text('date'),
          typed.text('debut'),
          typed.text('fin'),
        ];
        const sheets = attendanceSheet(classOnPaper(running), { place, date, start, end });
        return (await write(request, 'emargement', sheets)) ?? busy(request);
      },
    }),
    definePage({
      path: workshopPaths.boardPaper,
      about: { part: 'Workshop', shows: 'a paper of a class, as PDF', form: null },
      access: ofPaper(ofClass),
      show: async (request) => {
        const { name, running } = request;
        if (name === null || !offered(running).includes(name)) return { kind: 'missing' };
        return (await write(request, name, makers[name](classOnPaper(running)))) ?? busy(request);
      },
    }),
  ];
}

/** Null: no paper has this name. */
function ofPaper(
  ofClass: Access<null, OfClass>,
): Access<null, OfClass & { readonly name: PaperName | null }> {
  return {
    ...ofClass,
    judge: (visitor) => {
      const admission = ofClass.judge(visitor);
      if (admission.kind !== 'admitted') return admission;
      const asked = visitor.parameter('papier');
      const name = names.find((one) => `${one}.pdf` === asked) ?? null;
      return { ...admission, who: { ...admission.who, name } };
    },
  };
}

/** Those of its policy and language: without pictures, no steps in pictures. */
function offered({ journal }: RunningClass): readonly PaperName[] {
  const { policy, language } = journal.state().plan;
  return names.filter((name) => name !== 'etapes' || hasRecord(policy, language));
}

function papersView(request: PageRequest<OfClass>, shown: Shown): PageAnswer {
  const { visit, running } = request;
  const t = papersTexts[visit.voice];
  const board = `${workshopPaths.classes}/${running.id}`;
  const { typed, problems } = shown;
  const field = (name: (typeof fields)[number], label: string, width: 5 | 20 | 30) =>
    input(visit, {
      name,
      label,
      width,
      value: typed.text(name),
      error: problemOf(problems, name),
      required: false,
    });
  return formPage(request, shown, {
    title: t.title,
    back: board,
    body: html`<p class="govuk-body">${t.lead}</p>
${summaryList(
  offered(running).map((name) => ({
    key: t.papers[name].title,
    value: html`<p class="govuk-body">${t.papers[name].what}</p><p class="govuk-body"><a class="govuk-link" href="${board}/papiers/${name}.pdf" download>${t.download}<span class="govuk-visually-hidden"> ${t.papers[name].title}</span> (${t.pdf})</a></p>`,
  })),
)}
<h2 class="govuk-heading-m">${t.meeting}</h2>
<p class="govuk-body">${t.meetingWhy}</p>
${form(visit, {
  autocomplete: 'off',
  givesFile: true,
  body: html`${field('lieu', t.place, 30)}
${field('date', t.date, 20)}
${field('debut', t.start, 5)}
${field('fin', t.end, 5)}
${button({ text: t.submit })}`,
})}`,
  });
}
