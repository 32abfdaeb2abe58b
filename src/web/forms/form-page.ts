import { errorSummary } from '#src/web/components/error-summary.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Beside, PageAnswer, PageRequest, Problem, Shown, Typed } from '#src/web/page.ts';

/** The error of one field, if it has one. */
export function problemOf(problems: readonly Problem[], field: string): string | undefined {
  return problems.find((problem) => problem.field === field)?.text;
}

/** A page with a form: its title, the error summary, the form. Status 422 when refused. */
export function formPage(
  request: PageRequest,
  shown: Shown,
  { title, heading, body, back, status, beside }: FormPageOptions,
): PageAnswer {
  const links = shown.problems.map(({ field, target, text, ours }) => {
    const id = target ?? field;
    return id === null ? { text } : { href: `#${id}`, text, ours };
  });
  return {
    kind: 'page',
    title,
    body: html`${heading ?? html`<h1 class="govuk-heading-l">${title}</h1>`}${errorSummary(request.visit, links)}${shown.banner}${body}`,
    refused: shown.problems.flatMap(({ field }) => field ?? []),
    status: status ?? (shown.problems.length > 0 ? 422 : 200),
    ...(back ? { back } : {}),
    ...(beside ? { beside } : {}),
  };
}

interface FormPageOptions {
  readonly title: string;
  /** Replaces the title as heading. */
  readonly heading?: Html;
  readonly body: Child;
  readonly back?: string;
  readonly status?: number;
  readonly beside?: Beside;
}

/** The form as typed, with the reasons for the refusal. */
export function refused(typed: Typed, ...problems: readonly Problem[]): Shown {
  return { typed, problems };
}
