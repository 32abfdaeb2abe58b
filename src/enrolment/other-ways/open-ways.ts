import type { Anyone } from '#src/access/who.ts';
import { isIdentifiedAs } from '#src/codes/try.ts';
import { personKey } from '#src/crypto/keyring.ts';
import { holdsOf, offerOf } from '#src/enrolment/other-ways/offer.ts';
import { findRequester } from '#src/enrolment/other-ways/requester.ts';
import type { Answers } from '#src/journey/answers.ts';
import { isStopped, stepRules } from '#src/journey/journey.ts';
import { ofClient, ofSubject } from '#src/limits/attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { suspendedUntil } from '#src/limits/suspended-until.ts';
import type { Way } from '#src/page-parts/blocked-page.ts';
import type { Services } from '#src/services.ts';
import type { PageRequest } from '#src/web/page.ts';

type Needs = Pick<
  Services,
  'db' | 'keyring' | 'limits' | 'policy' | 'channels' | 'franceConnect' | 'unnamedShare'
>;

/**
 * Every way to open an account that is left to somebody who is suspended on one of them, the fastest first, with the
 * hour of those that are suspended too. By the counters of the NIR that was typed, whether or not anybody has it; what
 * the register knows counts only for a person who has been identified in this browser.
 */
export async function openWays(
  services: Needs,
  request: PageRequest<Anyone>,
  { nir, blocked }: { readonly nir: string; readonly blocked: 'identity' | 'proof' | 'code' },
): Promise<readonly Way[]> {
  const { db, keyring, limits, franceConnect } = services;
  const { session, sender, now } = request;
  const client = clientOf(services, sender.ip);
  const subject = personKey(keyring, nir);
  const answers = session?.dossier?.answers.identity.nir === nir ? session.dossier.answers : null;
  const ways: Way[] = [];
  if (franceConnect?.available() === true)
    ways.push({
      kind: 'franceConnect',
      until: await suspendedUntil(db, ofClient(limits.client.franceconnect, client, subject), now),
    });
  if (answers) ways.push(...(await codesToReceive(services, request, answers)));
  if (blocked !== 'code') {
    const rule = isIdentifiedAs(session, nir) ? limits.codeOfDossier : limits.code;
    const tries = [ofSubject(rule, subject, client), ...ofClient(limits.client.code, client, subject)];
    ways.push({ kind: 'type-code', until: await suspendedUntil(db, tries, now) });
  } else if (answers && stepRules.proof.open(answers)) {
    const tries = [
      ofSubject(limits.proof, subject, client),
      ...ofClient(limits.client.proof, client, subject),
    ];
    ways.push({ kind: 'card', until: await suspendedUntil(db, tries, now) });
  } else if (!answers) {
    ways.push({ kind: 'identity', until: null });
  }
  return ways;
}

async function codesToReceive(
  services: Needs,
  { session, sender, now }: PageRequest<Anyone>,
  answers: Answers,
): Promise<readonly Way[]> {
  if (answers.proof !== null) return [];
  if (isStopped(answers)) return answers.identity.undisclosed ? [{ kind: 'ask-code', until: null }] : [];
  const requester = await findRequester(services, session, now);
  if (!requester) return [];
  const offer = offerOf(services, requester);
  const client = clientOf(services, sender.ip);
  const holds = await holdsOf(services, offer, { nir: answers.identity.nir, client, now });
  return offer.channels.map((to) => ({ kind: 'receive', to, until: holds.get(to.channel)?.until ?? null }));
}
