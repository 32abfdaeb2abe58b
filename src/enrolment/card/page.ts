import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { OpenDossier } from '#src/access/who.ts';
import { cardProblem, readIbanTail, readProof, requiredCard } from '#src/enrolment/card/form.ts';
import { prove } from '#src/enrolment/card/prove.ts';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import { cardView } from '#src/enrolment/card/view.ts';
import { toExistingAccount } from '#src/enrolment/existing-account.ts';
import { openWays } from '#src/enrolment/other-ways/open-ways.ts';
import { currentPath } from '#src/journey/journey.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { lastTryText } from '#src/page-parts/last-try.ts';
import type { FieldProblem } from '#src/page-parts/typed-text.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, type PageRequest, redirect } from '#src/web/page.ts';

/** The proof by carte Vitale and IBAN. */
export function cardPage(services: Services): SitePage {
  return definePage({
    path: paths.proof,
    about: {
      part: 'Opening the account',
      shows: 'end of the IBAN and serial number of the carte Vitale',
      form: 'judges both values together',
    },
    access: access.step('proof'),
    show: (request, shown) => cardView(request, shown, services.policy),
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<OpenDossier>): Promise<Answer> {
  const { policy } = services;
  const { typed, visit, now, session, dossier } = request;
  const { identity } = dossier.answers;
  const fields = { iban7: typed.text('iban7'), numeroSerie: typed.text('numeroSerie') };
  const card = requiredCard(identity);
  const textOf = (problem: FieldProblem) => cardProblem(problem, card, visit.voice);
  // The first of two screens: its field is sent again with the second.
  if (policy.proof.layout === 'two-screens' && !typed.has('numeroSerie')) {
    const problems = readIbanTail(fields.iban7).map(textOf);
    return cardView(request, refused(typed, ...problems), policy, { next: problems.length === 0 });
  }
  const reading = readProof(fields, identity, policy.proof);
  if (!reading.ok) return cardView(request, refused(typed, ...reading.problems.map(textOf)), policy);
  const proven = await prove(
    services,
    { session, dossier },
    reading.value,
    clientOf(services, request.sender.ip),
    now,
  );
  switch (proven.kind) {
    case 'blocked': {
      const ways = await openWays(services, request, { nir: identity.nir, blocked: 'proof' });
      return blockedPage(request, proven.until, ways);
    }
    case 'disagrees': {
      const last = lastTryText(visit.voice, proven.few, 'proof');
      const text = cardTexts[visit.voice].disagree + (last && `.${last}`);
      return cardView(request, refused(typed, { field: null, text }), policy, { disagree: true });
    }
    case 'account-frozen':
      return redirect(paths.frozen);
    case 'account-exists':
      return toExistingAccount(services, session, proven.account, now);
    case 'overtaken':
      return { kind: 'overtaken', to: currentPath(dossier.answers) };
    case 'proved':
      return redirect(currentPath(proven.answers), sessionCookie(proven.issued));
  }
}
