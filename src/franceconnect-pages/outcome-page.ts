import { access, type SitePage } from '#src/access/access.ts';
import { placeOfProven } from '#src/access/place.ts';
import { type Anyone, signedIn } from '#src/access/who.ts';
import { browserOf, findOutcome } from '#src/franceconnect/browser.ts';
import { type Outcome, outcomeOf, type Reason } from '#src/franceconnect/outcome.ts';
import { mayHaveProviderSession } from '#src/franceconnect/provider-session.ts';
import { outcomeText, outcomeTexts } from '#src/franceconnect-pages/outcome-texts.ts';
import { currentPath } from '#src/journey/journey.ts';
import { franceConnectHref } from '#src/page-parts/franceconnect-button.ts';
import { signOutForm } from '#src/page-parts/franceconnect-sign-out.ts';
import { supportCodeText } from '#src/page-parts/support-code-text.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { formatNotBefore } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Html, html } from '#src/web/html.ts';
import { type PageRequest, redirect } from '#src/web/page.ts';

/** Why FranceConnect did not open the way, in plain words, and every way that is still open. */
export function franceConnectOutcomePage({ db, keyring, franceConnect }: Services): SitePage {
  return definePage({
    path: paths.franceConnectOutcome,
    about: {
      part: 'FranceConnect',
      shows: 'why FranceConnect opened nothing, and the other means, for 10 minutes',
      form: null,
    },
    access: access.everybody,
    show: async (request) => {
      const { visit, session, now } = request;
      const t = outcomeTexts[visit.voice];
      const outcome =
        (await findOutcome(db, keyring, browserOf(request), now)) ?? outcomeOf('expired', 'connexion');
      const place = outcome.reason === 'expired' && session ? placeOfProven(session) : null;
      if (place) return redirect(place);
      const until = outcome.until === null ? null : formatNotBefore(new Date(outcome.until), visit.voice);
      const { title, texts } = outcomeText(t, { ...outcome, until });
      const retries = franceConnect?.available() === true && mayRetry.has(outcome.reason);
      return {
        kind: 'page',
        title,
        body: html`<h1 class="govuk-heading-l">${title}</h1>
          ${texts.map((text) => html`<p class="govuk-body">${text}</p>`)}
          <h2 class="govuk-heading-m">${t.ways}</h2>
          ${ways(request, outcome, retries ? retryHref(request, outcome) : null)}
          <p class="govuk-body">${t.caisse(visit.supportTelephone)}</p>
          ${session?.dossier && supportCodeText(visit, session.dossier.supportCode)}
          ${mayHaveProviderSession(request) && signOutForm(request)}`,
      };
    },
  });
}

const mayRetry: ReadonlySet<Reason> = new Set([
  'cancelled',
  'not-recognised',
  'technical',
  'expired',
  'other-person',
  'no-account',
]);

function retryHref(request: PageRequest<Anyone>, { purpose }: Outcome): string {
  return purpose === 'liaison' && signedIn(request.session)
    ? paths.accountFranceConnect
    : franceConnectHref(purpose);
}

/** The strongest way on first. */
function ways(request: PageRequest<Anyone>, { reason, purpose, typed }: Outcome, retry: string | null): Html {
  const { visit, session } = request;
  const t = outcomeTexts[visit.voice];
  const link = (href: string, text: string) =>
    html`<p class="govuk-body"><a class="govuk-link" href="${href}">${text}</a></p>`;
  const again = retry !== null && link(retry, t.retry);
  if (signedIn(request.session)) return html`${button({ text: t.account, href: paths.account })}${again}`;
  if (reason === 'session-over') return button({ text: t.signIn.again, href: paths.signIn });
  if (reason === 'not-linked' || reason === 'subject-changed' || reason === 'linked-elsewhere')
    return button({ text: t.signIn.password, href: paths.signIn });
  if (reason === 'deceased' || reason === 'disabled')
    return button({ text: t.home, href: paths.home, style: 'secondary' });
  if (reason === 'no-account')
    return html`${retry !== null && button({ text: t.createThere, href: franceConnectHref('creation') })}${link(paths.identity, t.create)}${link(paths.signIn, t.signIn.password)}`;
  if (session?.dossier)
    return html`${button({ text: t.resume, href: currentPath(session.dossier.answers) })}${again}${link(paths.otherWays, t.otherWays)}`;
  const kept = typed !== null && html`<p class="govuk-body">${t.kept}</p>`;
  const card = { text: reason === 'several' ? t.number : t.card, href: paths.identity };
  const code = link(paths.provisionalCode, t.code);
  if (purpose === 'creation') return html`${kept}${button(card)}${again}${code}`;
  const create = reason === 'several' ? t.number : t.create;
  return html`${button({ text: t.signIn.password, href: paths.signIn })}${again}${link(paths.identity, create)}${code}`;
}
