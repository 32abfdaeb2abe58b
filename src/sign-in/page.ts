import { access, type SitePage } from '#src/access/access.ts';
import { sessionCookie } from '#src/access/session-cookie.ts';
import type { Anyone } from '#src/access/who.ts';
import { type AccountRow, accountColumns, isLive, openContact } from '#src/accounts/account.ts';
import { nirIn, parseNir } from '#src/civil-status/nir.ts';
import { hasCodeShape } from '#src/codes/shape.ts';
import { type RightCode, saidWho, tryCode } from '#src/codes/try.ts';
import { deviceCookie, rememberDevice } from '#src/credentials/known-devices.ts';
import {
  type PasswordCredential,
  type PasswordRow,
  passwordColumns,
  passwordOf,
} from '#src/credentials/password.ts';
import { type Keyring, personKey } from '#src/crypto/keyring.ts';
import { waitingProof } from '#src/franceconnect-pages/link-page.ts';
import { clientOf } from '#src/limits/client-address.ts';
import { identityTexts } from '#src/page-parts/identity/texts.ts';
import { paths } from '#src/paths.ts';
import { useCode } from '#src/provisional-code/use.ts';
import { personKeys } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { closedView } from '#src/sign-in/closed-view.ts';
import { judgePassword, type PasswordHolder } from '#src/sign-in/judge-password.ts';
import { formatNextTry } from '#src/sign-in/next-try.ts';
import { openSession } from '#src/sign-in/open-session.ts';
import { signInTexts } from '#src/sign-in/texts.ts';
import { signInView } from '#src/sign-in/view.ts';
import { readCode } from '#src/texts/written-code.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, type Problem, redirect, Typed } from '#src/web/page.ts';

/**
 * «J’accède à mon compte ameli»: NIR and password, or a provisional code, which leads on to the creation; not a code
 * by a policy that asks more with it.
 *
 * An unknown number, a wrong password, a suspended account and a disabled one get one answer: same status, same
 * bytes, same time, for the same number of tries. Only whoever has the password of somebody who died reads that the
 * account is closed.
 */
export function signInPage(services: Services): SitePage {
  return definePage({
    path: paths.signIn,
    about: {
      part: 'The account',
      shows: 'NIR and password',
      form: 'judges the password; opens a session of its own',
    },
    access: access.signedOut,
    names: (typed) => nirIn(typed.text('nir')),
    show: (request, shown) => {
      const { visit, sessionOver } = request;
      if (!sessionOver || shown.problems.length > 0 || shown.banner)
        return signInView(services, request, shown);
      const content = signInTexts[visit.language].sessionOver;
      return signInView(services, request, { ...shown, banner: notificationBanner(visit, { content }) });
    },
    submit: (request) => submit(services, request),
  });
}

async function submit(services: Services, request: PageRequest<Anyone>): Promise<Answer> {
  const { typed, visit, session, now } = request;
  const { db, keyring } = services;
  const t = signInTexts[visit.language];
  const reading = parseNir(typed.text('nir'));
  const password = typed.secret('motDePasse');
  const kept = new Typed(new Map([['nir', typed.text('nir')]]));
  if (!reading.ok || password === '') {
    const problems: Problem[] = [];
    if (!reading.ok)
      problems.push({ field: 'nir', text: identityTexts[visit.language].nirProblems[reading.reason] });
    if (password === '') problems.push({ field: 'motDePasse', text: t.passwordEmpty });
    return signInView(services, request, { typed: kept, problems });
  }
  const { nir } = reading;
  const row = await db
    .selectFrom('account')
    .leftJoin('credential', (join) =>
      join.onRef('credential.person_key', '=', 'account.person_key').on('credential.kind', '=', 'password'),
    )
    .select([...accountColumns, ...passwordColumns])
    .where('account.person_key', 'in', personKeys(keyring, nir))
    .executeTakeFirst();
  const usable = row && mayEnter(row, now) ? row : null;
  const closed = row && row.closed_for !== null ? row : null;
  const holder = usable ?? closed;
  const subject = personKey(keyring, nir);
  const browser = {
    client: clientOf(services, request.sender.ip),
    device: request.sender.cookie(deviceCookie),
  };
  const judged = await judgePassword(
    services,
    { ...browser, signal: request.signal, now },
    {
      nir,
      subject,
      holder: holder && holderOf(keyring, holder),
      password,
      tryAsCode: () => tryAsCode(services, request, nir, password),
    },
  );
  if (judged.result === 'busy') {
    const busy = signInView(
      services,
      request,
      { typed: kept, problems: [{ field: null, text: t.busy }] },
      503,
    );
    return { ...busy, retryAfterSeconds: judged.retryAfterSeconds };
  }
  if (judged.result === 'code') {
    const led = await useCode(services, {
      nir,
      code: judged.code,
      session,
      once: request.sender.once(),
      at: now,
    });
    if (led) return led;
  }
  if (closed && judged.result === 'accepted') return closedView(visit);
  const entered =
    usable && judged.result === 'accepted'
      ? await enter(services, request, usable, {
          nir,
          checked: judged.password,
          rehash: judged.outdated ? password : null,
          ends: judged.device ? subject : null,
          known: judged.device,
        })
      : null;
  const nextAt = judged.result === 'refused' ? judged.nextAt : now;
  const text = t.refused(formatNextTry(nextAt, visit.language));
  return entered ?? signInView(services, request, { typed: kept, problems: [{ field: null, text }] });
}

/**
 * What was typed as a password, tried as a code where it has the shape of one. Where a code needs more than the NIR
 * (`codes.askedWith`), it is typed on its own page.
 */
async function tryAsCode(
  services: Services,
  { session, sender, now }: PageRequest<Anyone>,
  nir: string,
  typed: string,
): Promise<RightCode | null> {
  const code = readCode(typed);
  if (services.policy.codes.askedWith !== 'nir' || !hasCodeShape(code, services.policy)) return null;
  const tried = await tryCode(services, {
    nir,
    code,
    person: null,
    own: saidWho(session, nir),
    client: clientOf(services, sender.ip),
    at: now,
  });
  return tried.result === 'right' ? tried.code : null;
}

type Usable = AccountRow & { readonly status: 'pending' | 'active' };

function mayEnter(row: AccountRow, now: Date): row is Usable {
  const { status, pending_until: pendingUntil } = row;
  return (status === 'active' || status === 'pending') && isLive({ status, pendingUntil }, now);
}

function holderOf(keyring: Keyring, row: AccountRow & PasswordRow): PasswordHolder {
  return {
    personKey: row.person_key,
    password: passwordOf(row),
    language: row.language === 'en' ? 'en' : 'fr',
    address: () => openContact(keyring, row.person_key, row.contact).email,
  };
}

/** The way in, with a session of its own; null when the account was changed while the password was checked. */
async function enter(
  services: Services,
  request: PageRequest<Anyone>,
  row: Usable,
  {
    nir,
    checked,
    rehash,
    ends,
    known,
  }: {
    readonly nir: string;
    readonly checked: PasswordCredential;
    readonly rehash: string | null;
    readonly ends: Buffer | null;
    readonly known: Buffer | null;
  },
): Promise<Answer | null> {
  const { random, passwords } = services;
  const { session, signal, sender, now } = request;
  const client = clientOf(services, sender.ip);
  const device = sender.cookie(deviceCookie);
  const hashed = rehash === null ? null : await passwords.hash(rehash, { nir, client, ahead: true, signal });
  const active = row.status === 'active';
  const { remembered, cookie } = rememberDevice(random, row.person_key, { device, known });
  const issued = await openSession(
    services,
    {
      personKey: row.person_key,
      status: row.status,
      password: checked,
      rehashed: hashed?.ok ? hashed.value : null,
      older: session,
      ...(active ? { device: remembered } : {}),
      ...(ends ? { ends } : {}),
    },
    now,
  );
  if (!issued) return null;
  if (!active) return redirect(paths.waiting, sessionCookie(issued));
  const proved = await waitingProof(services, request, row.person_key);
  return redirect(proved ? paths.franceConnectLink : paths.account, sessionCookie(issued), cookie);
}
