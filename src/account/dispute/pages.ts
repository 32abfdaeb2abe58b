import { access, type SitePage } from '#src/access/access.ts';
import type { LinkHolder } from '#src/access/who.ts';
import { disputeTexts } from '#src/account/dispute/texts.ts';
import { deadView, disputeCodeView, frozenView, readyView } from '#src/account/dispute/view.ts';
import { ofClient } from '#src/limits/attempt.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { recordAttempt, refusal } from '#src/limits/record-attempt.ts';
import { disputeRefused } from '#src/ownership/events.ts';
import { type DisputeState, type FoundDispute, findDispute } from '#src/ownership/find-dispute.ts';
import { freezeAccount } from '#src/ownership/freeze-account.ts';
import { readDisputeCode, readDisputeLink } from '#src/ownership/secret.ts';
import { blockedPage } from '#src/page-parts/blocked-page.ts';
import { countUnknownLink } from '#src/page-parts/unknown-link.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import { type Answer, nothingTyped, type PageRequest, redirect, redirectDone } from '#src/web/page.ts';

/**
 * The «ce n’est pas moi» link of a mail. Viewing it changes nothing (mail scanners do that): only its button freezes
 * the account. Pressed twice, it gives the same answer.
 */
export function disputeLinkPage(services: Services): SitePage {
  const { db, keyring } = services;
  const find = ({ token, now }: PageRequest<LinkHolder>) =>
    findDispute(db, keyring, readDisputeLink(token), now);
  return definePage({
    path: paths.disputeLink,
    about: {
      part: 'The account',
      shows:
        '«Ce n’est pas moi», from a mail about the account or a change of it: one button; viewing the page changes nothing',
      form: 'freezes the account',
    },
    access: access.link,
    show: async (request, { banner }) => {
      const found = await find(request);
      return found.kind === 'ready' ? readyView(request, banner) : notReady(request, found);
    },
    submit: async (request) => {
      const found = await find(request);
      const suspended = found.kind === 'unknown' ? await countUnknownLink(services, request) : null;
      return suspended ?? freeze(services, request, found);
    },
  });
}

/**
 * Where the code of an SMS or a letter is entered. A wrong code counts as a failure of the client; all wrong codes get
 * the same answer.
 */
export function disputeCodePage(services: Services): SitePage {
  return definePage({
    path: paths.dispute,
    about: {
      part: 'The account',
      shows: '«Ce n’est pas moi»: the code of an SMS or a letter about the account',
      form: 'freezes the account; a wrong code counts as a failure of the client',
    },
    access: access.code,
    show: (request, shown) => disputeCodeView(request, shown),
    submit: (request) => submitCode(services, request),
  });
}

/** What to do about a frozen account. Nothing on it depends on the person. */
export function frozenPage(services: Services): SitePage {
  return definePage({
    path: paths.frozen,
    about: {
      part: 'The account',
      shows:
        'that an account is frozen, and how its person gets a new one; the freeze and an insufficient proof lead here',
      form: null,
    },
    access: access.everybody,
    show: (request) => frozenView(services, request),
  });
}

async function submitCode(services: Services, request: PageRequest): Promise<Answer> {
  const { db, keyring } = services;
  const { typed, visit, now } = request;
  const t = disputeTexts[visit.voice];
  const code = readDisputeCode(typed.text('code'));
  if (code === null) return disputeCodeView(request, refused(typed, { field: 'code', text: t.codeProblem }));
  const found = await findDispute(db, keyring, code, now);
  const suspended = await countTry(services, request, found);
  if (suspended) return suspended;
  if (found.kind === 'unknown')
    return disputeCodeView(request, refused(nothingTyped, { field: 'code', text: t.codeUnknown }));
  return freeze(services, request, found);
}

/** Counts a code that does not exist as a failure of the client; the page that says so when there are too many. */
async function countTry(
  services: Services,
  request: PageRequest,
  found: DisputeState,
): Promise<Answer | null> {
  const { now } = request;
  const client = clientOf(services, request.sender.ip);
  const about = found.kind === 'unknown' ? client.key : found.dispute.personKey;
  const tried = await recordAttempt(
    services,
    now,
    found.kind !== 'unknown',
    ofClient(services.limits.client.link, client, about),
    refusal(disputeRefused, { person: about, actor: { kind: 'person' } }),
  );
  return tried.kind === 'blocked' ? blockedPage(request, tried.until) : null;
}

async function freeze(services: Services, request: PageRequest, found: DisputeState): Promise<Answer> {
  if (found.kind !== 'ready') return notReady(request, found);
  const isDone = await freezeAccount(services, found.dispute.personKey, found.dispute, request.now);
  if (isDone) return redirectDone('account-blocked', paths.frozen);
  return (await isFrozen(services, found.dispute)) ? redirect(paths.frozen) : deadView(request, 'over');
}

/** Whether the account is frozen: a concurrent request may have been first. */
async function isFrozen({ db }: Pick<Services, 'db'>, { personKey }: FoundDispute): Promise<boolean> {
  const row = await db
    .selectFrom('account')
    .select('status')
    .where('person_key', '=', personKey)
    .executeTakeFirst();
  return row?.status === 'frozen';
}

function notReady(request: PageRequest, { kind }: DisputeState): Answer {
  return kind === 'frozen' || kind === 'ready' ? redirect(paths.frozen) : deadView(request, kind);
}
