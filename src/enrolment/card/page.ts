import { personKey } from '#src/crypto/keyring.ts';
import { cardTexts } from '#src/enrolment/card/texts.ts';
import { cardView } from '#src/enrolment/card/view.ts';
import { saveAnswers } from '#src/enrolment/dossier.ts';
import { toExistingAccount } from '#src/enrolment/existing-account.ts';
import { openDossierOf, stepGuard } from '#src/enrolment/guard.ts';
import { answer, currentPath } from '#src/enrolment/journey.ts';
import { recordAttempt } from '#src/limits/attempts.ts';
import { blockedPage } from '#src/limits/blocked-page.ts';
import { paths } from '#src/paths.ts';
import { parseCardSerial } from '#src/register/card-serial.ts';
import { parseIbanTail } from '#src/register/iban.ts';
import { findInsured } from '#src/register/store.ts';
import { proofAgrees } from '#src/register/verifiers.ts';
import type { Services } from '#src/services.ts';
import { refused } from '#src/web/form-page.ts';
import { type Answer, type Page, type PageRequest, type Problem, redirect } from '#src/web/page.ts';

/**
 * The proof by carte Vitale and IBAN. Both values are judged together: one answer, in the same time, that never
 * says which of them was wrong. Failures count against the person, whoever tries, and the client's address.
 */
export function cardPage(services: Services): Page {
  return {
    path: paths.proof,
    guard: stepGuard('proof'),
    show: (request, shown) => cardView(request, shown, services.policy),
    submit: (request) => submit(services, request),
  };
}

async function submit(services: Services, request: PageRequest): Promise<Answer> {
  const { db, keyring, limits, policy } = services;
  const { typed, visit, now, session } = request;
  const dossier = openDossierOf(request);
  const { identity } = dossier.answers;
  const t = cardTexts[visit.language];
  const type = identity.cardType ?? 'photo';
  const iban = parseIbanTail(typed.text('iban7'));
  const serial = parseCardSerial(typed.text('numeroSerie'), type, policy.proof, identity.nir);
  if (!iban.ok || !serial.ok) {
    const problems: Problem[] = [];
    if (!iban.ok) problems.push({ field: 'iban7', text: t.ibanProblems[iban.reason] });
    if (!serial.ok) problems.push({ field: 'numeroSerie', text: t.serialProblems[type][serial.reason] });
    return cardView(request, refused(typed, ...problems), policy);
  }
  const found = await findInsured(db, keyring, identity.nir);
  const typedProof = { tail: iban.tail, serial: serial.serial };
  const proven = found !== null && proofAgrees(keyring, found.personKey, typedProof, found);
  const subject = personKey(keyring, identity.nir);
  const tried = await recordAttempt(
    db,
    now,
    proven,
    [
      { rule: limits.proof, subject },
      { rule: limits.clientAddress, subject: request.client },
    ],
    { personKey: dossier.personKey, kind: 'proof-refused' },
  );
  if (tried.blocked && tried.nextAt) return blockedPage(request, tried.nextAt);
  if (!proven)
    return cardView(request, refused(typed, { field: null, text: t.disagree }), policy, { disagree: true });
  const account = session?.account;
  if (session && account && account.status !== 'pending')
    return toExistingAccount(services, session, account, now);
  const answers = answer(dossier.answers, { proof: { route: 'carte-vitale', at: now.toISOString() } });
  await saveAnswers(
    db,
    keyring,
    dossier,
    answers,
    { kind: 'proof-accepted', details: { route: 'carte-vitale' } },
    now,
  );
  return redirect(currentPath(answers));
}
