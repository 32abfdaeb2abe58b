import { askedCard, cardProblem, readProof } from '#src/enrolment/card/form.ts';
import { prove } from '#src/enrolment/card/prove.ts';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import { cardView } from '#src/enrolment/card/view.ts';
import { toExistingAccount } from '#src/enrolment/existing-account.ts';
import { enrolmentOf, stepGuard } from '#src/enrolment/guard.ts';
import { currentPath } from '#src/journey/journey.ts';
import { blockedPage, openWays } from '#src/page-parts/blocked-page.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, type Page, type PageRequest, redirect, sessionCookie } from '#src/web/page.ts';

/** The proof by carte Vitale and IBAN. */
export function cardPage(services: Services): Page {
  return {
    path: paths.proof,
    guard: stepGuard('proof'),
    show: (request, shown) => cardView(request, shown, services.policy),
    submit: (request) => submit(services, request),
  };
}

async function submit(services: Services, request: PageRequest): Promise<Answer> {
  const { policy } = services;
  const { typed, visit, now, client } = request;
  const { session, dossier } = enrolmentOf(request);
  const { identity } = dossier.answers;
  const given = { iban7: typed.text('iban7'), numeroSerie: typed.text('numeroSerie') };
  const reading = readProof(given, identity, policy.proof);
  if (!reading.ok) {
    const card = askedCard(identity);
    const problems = reading.problems.map((problem) => cardProblem(problem, card, visit.language));
    return cardView(request, refused(typed, ...problems), policy);
  }
  const proven = await prove(services, { session, dossier }, reading.value, client, now);
  switch (proven.kind) {
    case 'blocked':
      return blockedPage(request, proven.until, openWays(services));
    case 'disagrees': {
      const text = cardTexts[visit.language].disagree;
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
