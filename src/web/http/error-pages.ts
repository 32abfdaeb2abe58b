import { paths } from '#src/paths.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { writtenContact } from '#src/web/components/links.ts';
import { type Child, html } from '#src/web/html.ts';
import { errorPageTexts } from '#src/web/http/error-texts.ts';
import { page } from '#src/web/layout.ts';
import type { Visit } from '#src/web/visit.ts';

/** 404, and 400 for an address that cannot be decoded: where the pages are that people look for, signed in or not. */
export function notFoundPage(visit: Visit): string {
  const { title, what, advice, ways } = errorPageTexts[visit.voice].notFound;
  const links = (visit.signedIn ? accountLinks : wayLinks).map(
    ([way, href]) => html`<li><a class="govuk-link" href="${href}">${ways[way]}</a></li>`,
  );
  const list = html`<ul class="govuk-list govuk-list--bullet">${links}</ul>`;
  return errorPage(visit, title, [what, advice], html`${list}${homeButton(visit)}`);
}

const wayLinks = [
  ['create', paths.identity],
  ['signIn', paths.signIn],
  ['emailCode', paths.waiting],
  ['provisionalCode', paths.provisionalCode],
] as const;

const accountLinks = [['account', paths.account]] as const;

/** 421: a host that is not ours. */
export function misdirectedPage(visit: Visit): string {
  const { title, what, advice } = errorPageTexts[visit.voice].misdirected;
  return errorPage(visit, title, [what, advice], null);
}

/** 400, 405, 408, 413, 417, 431: what could not be parsed as a request. */
export function unreadablePage(visit: Visit): string {
  const { title, what, advice } = errorPageTexts[visit.voice].unreadable;
  return errorPage(visit, title, [what, advice], homeButton(visit));
}

/** 400, 413, 415: a request that our pages do not send. */
export function badRequestPage(visit: Visit): string {
  const { title, what, advice } = errorPageTexts[visit.voice].badRequest;
  return errorPage(visit, title, [what, advice], homeButton(visit));
}

/** 403: the token of a form is missing or expired; `href`: the page from which to send it again. */
export function expiredFormPage(visit: Visit, href: string, withoutCookies = false): string {
  const { title, what, advice, cookies, retry } = errorPageTexts[visit.voice].expired;
  const paragraphs = [what, advice, withoutCookies && cookies];
  return errorPage(visit, title, paragraphs, button({ text: retry, href }));
}

/** 429: says exactly when the next request is allowed. */
export function tooManyPage(visit: Visit, until: Date): string {
  const { title, what, advice } = errorPageTexts[visit.voice].tooMany;
  return errorPage(visit, title, [what(formatNotBefore(until, visit.voice)), advice], homeButton(visit));
}

/** 500: `reference` is the id of the request in the logs, to be given on the telephone. */
export function brokenPage(visit: Visit, reference?: string): string {
  const { title, what, advice, reference: quote } = errorPageTexts[visit.voice].broken;
  return errorPage(visit, title, [what, advice, reference && quote(reference)], homeButton(visit));
}

/** The fields of a refused form, without secrets, to be sent again unchanged. */
export interface Resend {
  readonly action: string;
  /** The form’s own token, so that it stays bound to the person for whom it was shown. */
  readonly token: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

/** 503, sent with `Retry-After`. With `resend`, one button sends the form again without retyping. */
export function overloadedPage(visit: Visit, seconds: number, resend?: Resend): string {
  const { title, what, advice } = errorPageTexts[visit.voice].overloaded;
  return errorPage(visit, title, [what(seconds), advice], retryButton(visit, resend));
}

/**
 * The same when the database failed: what a form asked for may have been done, where only its answer was lost. `isForm`:
 * something was sent.
 */
export function awayPage(visit: Visit, seconds: number, isForm: boolean, resend?: Resend): string {
  const { away, overloaded } = errorPageTexts[visit.voice];
  const paragraphs = [away.what(seconds), isForm && away.sent, overloaded.advice];
  return errorPage(visit, away.title, paragraphs, retryButton(visit, resend));
}

function retryButton(visit: Visit, resend: Resend | undefined): Child {
  const text = errorPageTexts[visit.voice].retry;
  if (!resend) return button({ text, href: visit.path });
  const { action, fields, token } = resend;
  const hidden = fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`);
  return form({ ...visit, csrfToken: () => token }, { action, body: html`${hidden}${button({ text })}` });
}

function errorPage(visit: Visit, title: string, paragraphs: readonly Child[], action: Child): string {
  const help = errorPageTexts[visit.voice].help(visit.supportTelephone);
  return page(visit, {
    title,
    body: html`<h1 class="govuk-heading-l">${title}</h1>${[...paragraphs, help].map(
      (text) => text && html`<p class="govuk-body">${text}</p>`,
    )}${action}${writtenContact(visit)}`,
  });
}

function homeButton(visit: Visit): Child {
  return button({ text: errorPageTexts[visit.voice].home, href: '/', style: 'secondary' });
}
