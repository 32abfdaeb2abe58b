import {
  type Anyone,
  type AwaitingConfirmation,
  awaitingConfirmation,
  type Choosing,
  type Confirming,
  type LinkHolder,
  type OpenDossier,
  type SignedIn,
  signedIn,
} from '#src/access/who.ts';
import { caissesFor } from '#src/caisses/lookup.ts';
import { currentPath, isStopped, type Step, stepRules } from '#src/journey/journey.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import type { Session } from '#src/sessions/session.ts';
import { type Access, type Admission, admitted, elsewhere } from '#src/web/access.ts';
import type { Page } from '#src/web/define-page.ts';

/** A condition of the public site. */
function condition<Who extends object>(row: Access<Session, Who>): Access<Session, Who> {
  return row;
}

type FranceConnect = NonNullable<Services['franceConnect']>;

const currentPage = 'identity, the current step, the waiting page, or the account';

/** The cookie that keeps the postal code entered to choose a caisse. */
export const postalCodeCookie = 'code-postal';

/**
 * Who may open which page of the public site, and where everybody else is sent. Each page has one of these conditions.
 */
export const access = {
  everybody: condition<Anyone>({
    name: 'everybody',
    admits: 'everybody',
    redirects: null,
    judge: ({ session }) => admitted({ session }),
  }),

  /** For a page that is the same for everybody. */
  unrecognised: condition<object>({
    name: 'everybody, not recognised',
    admits: 'everybody, signed in or not',
    redirects: null,
    ignoresSession: true,
    judge: () => admitted({}),
  }),

  /** The page itself looks the link up, and answers when it does not exist. */
  link: condition<LinkHolder>({
    name: 'link',
    admits: 'anyone with the link of a mail or of a paper, signed in or not',
    redirects: null,
    ignoresSession: true,
    judge: ({ parameter }) => admitted({ token: parameter('token') }),
  }),

  linkInSession: condition<Anyone & LinkHolder>({
    name: 'link, and this browser’s session',
    admits: 'anyone with the link of a mail',
    redirects: null,
    judge: ({ parameter, session }) => admitted({ token: parameter('token'), session }),
  }),

  code: condition<object>({
    name: 'code of a notice',
    admits: 'anyone with the code of a message, a letter or a paper, signed in or not',
    redirects: null,
    ignoresSession: true,
    judge: () => admitted({}),
  }),

  /** While password hashes queue up, visitors with a session take precedence over new ones. */
  newcomers: (services: Pick<Services, 'passwords'>) =>
    condition<Anyone>({
      name: 'newcomers',
      admits: 'everybody; while passwords queue up, only those who have a session (503)',
      redirects: null,
      judge: ({ session }) =>
        !session && services.passwords.stats().crowded ? { kind: 'busy' } : admitted({ session }),
    }),

  postalCode: ({ caisses }: Pick<Services, 'caisses'>) =>
    condition<Choosing>({
      name: 'postal code',
      admits: 'everybody who has entered a postal code',
      redirects: 'the choice of the caisse',
      judge: ({ sender }) => {
        const postalCode = sender.cookie(postalCodeCookie);
        const candidates = caissesFor(caisses, postalCode);
        return candidates.length === 0 ? elsewhere(paths.caisse) : admitted({ postalCode, candidates });
      },
    }),

  /** A step is open once all earlier ones are answered (`journey`). */
  step: (step: Step) =>
    condition<OpenDossier>({
      name: `step ${step}`,
      admits: `an open dossier whose answers open the step \`${step}\``,
      redirects: currentPage,
      needsSession: true,
      judge: ({ session }) =>
        ofDossier(session, ({ answers }) => (stepRules[step].open(answers) ? null : currentPath(answers))),
    }),

  dossier: condition<OpenDossier>({
    name: 'dossier',
    admits: 'an open dossier that is not stopped',
    redirects: currentPage,
    judge: ({ session }) =>
      ofDossier(session, ({ answers }) => (isStopped(answers) ? currentPath(answers) : null)),
  }),

  stopped: condition<OpenDossier>({
    name: 'stopped dossier',
    admits: 'an open dossier that is stopped',
    redirects: currentPage,
    judge: ({ session }) =>
      ofDossier(session, ({ answers }) => (isStopped(answers) ? null : currentPath(answers))),
  }),

  unproven: condition<Anyone>({
    name: 'no proof yet',
    admits: 'everybody who has neither made a proof nor signed in',
    redirects: 'the current step, or the account',
    judge: ({ session }) => {
      const answers = session?.dossier?.answers;
      if (signedIn(session)) return elsewhere(paths.account);
      return answers && answers.proof !== null ? elsewhere(currentPath(answers)) : admitted({ session });
    },
  }),

  /** In a session the pending account is known; without one the NIR is entered with the code. */
  confirming: condition<Confirming>({
    name: 'confirming',
    admits: 'everybody who has neither confirmed an address nor signed in',
    redirects: 'the confirmed address, or the account',
    judge: ({ session }) => {
      const to = movedOn(session);
      const own = awaitingConfirmation(session)?.account ?? null;
      return to === null ? admitted({ session, own }) : elsewhere(to);
    },
  }),

  awaitingConfirmation: condition<AwaitingConfirmation>({
    name: 'awaiting confirmation',
    admits: 'a session that waits for the confirmation of its address',
    redirects: 'the confirmed address, the account, or signing in',
    needsSession: true,
    judge: ({ session }) => {
      const to = movedOn(session);
      if (to !== null) return elsewhere(to);
      const waiting = awaitingConfirmation(session);
      return waiting ? admitted(waiting) : elsewhere(paths.signIn);
    },
  }),

  signedOut: condition<Anyone>({
    name: 'signed out',
    admits: 'everybody who is not signed in',
    redirects: 'the account',
    judge: ({ session }) => (signedIn(session) ? elsewhere(paths.account) : admitted({ session })),
  }),

  signedIn: condition<SignedIn>({
    name: 'signed in',
    admits: 'those who are signed in to an open account',
    redirects: 'signing in',
    needsSession: true,
    judge: ({ session }) => {
      const owner = signedIn(session);
      return owner ? admitted(owner) : elsewhere(paths.signIn);
    },
  }),

  signedInWithFranceConnect: (services: Pick<Services, 'franceConnect'>) =>
    condition<SignedIn & { readonly franceConnect: FranceConnect }>({
      name: 'signed in, FranceConnect offered',
      admits: 'those who are signed in, where FranceConnect is offered',
      redirects: 'signing in, or the account',
      needsSession: true,
      judge: ({ session }) => {
        const { franceConnect } = services;
        const owner = signedIn(session);
        if (!owner) return elsewhere(paths.signIn);
        return franceConnect ? admitted({ ...owner, franceConnect }) : elsewhere(paths.account);
      },
    }),

  franceConnect: (services: Pick<Services, 'franceConnect'>) =>
    condition<Anyone & { readonly franceConnect: FranceConnect }>({
      name: 'FranceConnect offered',
      admits: 'everybody, where FranceConnect is offered',
      redirects: 'identity, or signing in',
      judge: ({ session, query }) => {
        const { franceConnect } = services;
        if (franceConnect) return admitted({ session, franceConnect });
        return elsewhere(query.get('pour') === 'creation' ? paths.identity : paths.signIn);
      },
    }),

  franceConnectReturn: (services: Pick<Services, 'franceConnect'>) =>
    condition<Anyone & { readonly franceConnect: FranceConnect }>({
      name: 'FranceConnect offered, on the way back',
      admits: 'everybody, where FranceConnect is offered',
      redirects: 'signing in',
      judge: ({ session }) => {
        const { franceConnect } = services;
        return franceConnect ? admitted({ session, franceConnect }) : elsewhere(paths.signIn);
      },
    }),
};

/** Admits the session of an open dossier; `sentTo`: where its answers lead instead, null to admit. */
function ofDossier(
  session: Session | null,
  sentTo: (dossier: OpenDossier['dossier']) => string | null,
): Admission<OpenDossier> {
  const dossier = session?.dossier;
  if (!session || !dossier) return elsewhere(withoutDossier(session));
  const to = sentTo(dossier);
  return to === null ? admitted({ session, dossier }) : elsewhere(to);
}

/** Where a request for a step leads without an open dossier. */
function withoutDossier(session: Session | null): string {
  if (session?.kind === 'waiting') return paths.waiting;
  return session?.kind === 'account' ? paths.account : paths.identity;
}

/** Where a person who has confirmed their address or signed in is sent; null for everybody else. */
function movedOn(session: Session | null): string | null {
  if (session?.kind === 'account') return paths.account;
  return session?.kind === 'waiting' && session.account?.status === 'active' ? paths.confirmed : null;
}

/** A page of the public site. */
export type SitePage = Page<Session>;
