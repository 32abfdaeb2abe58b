import { z } from 'zod';
import type { AdmissionRule, TrainersProvider } from '#src/config/atelier/site.ts';
import { parseEmail } from '#src/contact/email-address.ts';
import { secretHash } from '#src/crypto/secret-hash.ts';
import type { Log } from '#src/log/log.ts';
import type { Profile } from '#src/oidc/profile.ts';
import { openProvider, type Proven } from '#src/oidc/provider.ts';
import { type JourneySecrets, newJourneySecrets } from '#src/oidc/transaction.ts';
import { clean } from '#src/texts/clean.ts';
import type { Reason } from '#src/texts/done-texts.ts';
import type { Clock } from '#src/time/clock.ts';
import type { Access } from '#src/web/access.ts';
import { definePage, type Page } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, redirect, redirectBecause, withCookies } from '#src/web/page.ts';
import { type Entering, enter } from '#src/workshop/accounts/enter.ts';
import { freeIdentifier, identifierOf } from '#src/workshop/accounts/identifier.ts';
import { makeSecret, newTrainerId } from '#src/workshop/accounts/secrets.ts';
import { workshopPaths } from '#src/workshop/paths.ts';

/** Somebody as the provider tells of them. */
export interface Told {
  readonly name: string;
  /** In small letters; null unless the provider says that it has verified it. */
  readonly verifiedEmail: string | null;
  /** Every text that a claim says, alone or in a list. */
  readonly says: ReadonlyMap<string, readonly string[]>;
}

/** How trainers enter by a provider. */
export interface TrainersJourney {
  readonly label: string;
  /** False while it is known to fail. */
  available(): boolean;
  origins(): readonly string[];
  /** Sends the browser there. */
  begin(request: PageRequest): Promise<Answer>;
  /** Where it sends the browser back. */
  returnPage(everybody: Access<null, object>): Page<null>;
}

export interface JourneyOptions extends Entering {
  readonly publicUrl: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The cookie of a browser on its way to the provider and back. */
const journeyCookie = 'formateur-retour';
const journeyMs = 10 * 60_000;
/** More are never under way at once; the oldest is forgotten, and begins again. */
const mostJourneys = 500;

interface Journey {
  readonly secrets: JourneySecrets;
  readonly browser: string;
  readonly until: number;
}

/** The journeys under way are in memory: after a restart a trainer begins again. */
export function openTrainersJourney(settings: TrainersProvider, options: JourneyOptions): TrainersJourney {
  const { random, publicUrl, clock, log } = options;
  const provider = openProvider(profileOf(settings), settings.client, {
    publicUrl: () => publicUrl,
    clock,
    onFailure: (reason) => log.warn({ event: 'trainersProviderFailed', reason }),
  });
  const underWay = new Map<string, Journey>();
  const take = ({ query, sender, now }: PageRequest): Journey | null => {
    const [state = '', second] = query.getAll('state');
    const key = secretHash(state).toString('hex');
    const journey = underWay.get(key);
    // Another browser that shows the state ends nobody’s journey.
    if (!journey || second !== undefined || journey.browser !== digest(sender.cookie(journeyCookie)))
      return null;
    underWay.delete(key);
    return journey.until > now.getTime() ? journey : null;
  };
  return {
    label: settings.label,
    available: () => provider.available(),
    origins: () => provider.origins(),
    async begin({ now }) {
      const secrets = newJourneySecrets(random);
      const to = await provider.authorization(secrets);
      if (!to) return redirectBecause('trainer-provider-away', workshopPaths.trainer);
      const browser = makeSecret(random);
      const until = now.getTime() + journeyMs;
      for (const [key, one] of underWay)
        if (one.until <= now.getTime() || underWay.size >= mostJourneys) underWay.delete(key);
      underWay.set(secretHash(secrets.state).toString('hex'), {
        secrets,
        browser: digest(browser.secret),
        until,
      });
      return redirect(to.href, {
        name: journeyCookie,
        value: browser.secret,
        maxAgeSeconds: journeyMs / 1_000,
      });
    },
    returnPage: (everybody) =>
      definePage({
        path: workshopPaths.trainerReturn,
        about: {
          part: 'Workshop',
          shows: 'nothing of its own: judges what the trainers’ provider answers, once, and redirects',
          form: null,
        },
        access: everybody,
        show: async (request) => {
          const journey = take(request);
          const back = (reason: Reason) => redirectBecause(reason, workshopPaths.trainer);
          if (!journey) return back('trainer-journey-over');
          const completion = await provider.complete(request.query, journey.secrets);
          const answer =
            completion.kind === 'proven'
              ? (admit(settings.admits, options, completion.proven, request.now) ??
                back('trainer-not-admitted'))
              : back(reasonOf(completion));
          return withCookies(answer, [{ name: journeyCookie, value: null }]);
        },
      }),
  };
}

/** Lets somebody in whom a rule admits and nobody has revoked; their account begins with the first time. */
function admit(
  rules: readonly AdmissionRule[],
  options: Entering,
  { issuer, subject, identity }: Proven<Told>,
  now: Date,
): Answer | null {
  if (!rules.some((rule) => admits(rule, identity))) return null;
  const { store, random } = options;
  const wanted = identifierOf(identity.name);
  const account =
    store.ofSubject({ issuer, subject }) ??
    store.addSubject(
      {
        id: newTrainerId(random),
        name: identity.name,
        identifier: freeIdentifier(wanted, (one) => store.find(one) !== null),
      },
      { issuer, subject },
      now,
    );
  return account && enter(options, account.id, 'provider', now);
}

export function admits(rule: AdmissionRule, { verifiedEmail, says }: Told): boolean {
  if (rule.kind === 'claim') return says.get(rule.name)?.includes(rule.value) ?? false;
  if (verifiedEmail === null) return false;
  return rule.address.startsWith('@')
    ? verifiedEmail.slice(verifiedEmail.lastIndexOf('@')) === rule.address
    : verifiedEmail === rule.address;
}

function profileOf({ idTokenAlgorithm, claims, admits: rules }: TrainersProvider): Profile<Told> {
  // Some providers give a claim for a scope of the same name.
  const named = rules.flatMap((rule) => (rule.kind === 'claim' ? [rule.name] : []));
  return {
    name: 'formateurs',
    paths: { callback: workshopPaths.trainerReturn, signedOut: null },
    idTokenAlgorithm,
    claims,
    acr: null,
    parameters: ({ scopes }) => {
      const wanted = [...new Set(['openid', 'profile', 'email', ...named])];
      const offered = wanted.filter(
        (scope) => scope === 'openid' || (scopes?.includes(scope) ?? !named.includes(scope)),
      );
      // The next person at this computer has to prove who they are.
      return { scope: offered.join(' '), prompt: 'login' };
    },
    identityOf: readTold,
    refusalOf: () => 'cancelled',
  };
}

const claimsSchema = z.record(z.string(), z.unknown()).catch({});
const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);

/** What of verified claims is looked at; nothing but the name is kept. */
export function readTold(claims: unknown): Told {
  const read = claimsSchema.parse(claims);
  const text = (name: string): string => z.string().max(300).transform(clean).catch('').parse(read[name]);
  const names = [text('name'), `${text('given_name')} ${text('family_name') || text('usual_name')}`.trim()];
  const email = parseEmail(text('email'));
  return {
    name: (names.find((one) => one !== '') ?? 'Formateur').slice(0, 60).trim(),
    verifiedEmail: read.email_verified === true && email.ok ? email.canonical : null,
    says: new Map(Object.entries(read).map(([name, value]) => [name, texts.catch([]).parse(value)])),
  };
}

function reasonOf({ kind }: { readonly kind: 'refused' | 'unavailable' | 'invalid' }): Reason {
  if (kind === 'refused') return 'trainer-cancelled';
  return kind === 'unavailable' ? 'trainer-provider-away' : 'trainer-provider-invalid';
}

function digest(secret: string): string {
  return secret === '' ? '' : secretHash(secret).toString('hex');
}
