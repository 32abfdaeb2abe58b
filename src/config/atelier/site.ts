import { isThisMachine } from '#src/config/addresses.ts';
import type { atelierSettings } from '#src/config/atelier/settings.ts';
import type { EnvironmentReading } from '#src/config/environment.ts';
import { readOpenIdClient } from '#src/config/openid-client.ts';
import type { SigningAlgorithm } from '#src/oidc/algorithms.ts';
import type { ClientSettings, Profile } from '#src/oidc/profile.ts';

/** One way of being a trainer by what a provider says of somebody. */
export type AdmissionRule =
  /** A verified address; `@` and a domain: every verified address of it. In small letters. */
  | { readonly kind: 'email'; readonly address: string }
  | { readonly kind: 'claim'; readonly name: string; readonly value: string };

/** A provider that knows the trainers. */
export interface TrainersProvider {
  /** What its button names. */
  readonly label: string;
  readonly client: ClientSettings;
  readonly idTokenAlgorithm: SigningAlgorithm;
  readonly claims: Profile<unknown>['claims'];
  readonly admits: readonly AdmissionRule[];
}

/** A permanent site of several trainers. */
export interface AtelierSite {
  /** An origin. */
  readonly publicUrl: string;
  readonly quotas: {
    readonly ofOne: number;
    readonly ofAll: number;
    readonly seats: number;
    readonly perDay: number;
  };
  /** Null: trainers enter by invitation alone. */
  readonly provider: TrainersProvider | null;
}

export type SiteReading =
  | { readonly ok: true; readonly site: AtelierSite | null }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Those that mean something with a provider alone. */
const settingsOfProvider = [
  'ATELIER_OIDC',
  'ATELIER_OIDC_LABEL',
  'ATELIER_OIDC_CLIENT_ID',
  'ATELIER_OIDC_CLIENT_SECRET',
  'ATELIER_OIDC_TRAINERS',
] as const;

type Values = Pick<EnvironmentReading['values'], keyof typeof atelierSettings | 'DATABASE_URL'>;

/** Classes on a server sleep while nobody needs them; each embedded database takes some 130 MB. */
const usualClasses = { onServer: 30, embedded: 4 };

/** What those settings mean together; no site where none asks for one. */
export function readAtelierSite({
  values,
  faulty,
}: Pick<EnvironmentReading, 'values' | 'faulty'>): SiteReading {
  const { ATELIER_PUBLIC_URL: address } = values;
  const ofProvider = settingsOfProvider.filter((name) => values[name] !== undefined);
  if (address === undefined)
    return ofProvider.length === 0 || faulty.has('ATELIER_PUBLIC_URL')
      ? { ok: true, site: null }
      : { ok: false, problems: ['ATELIER_PUBLIC_URL: is missing, the settings of its provider need it'] };
  const problems: string[] = [];
  const url = new URL(address);
  if (url.protocol !== 'https:' && !isThisMachine(url.hostname))
    problems.push('ATELIER_PUBLIC_URL: must start with https://');
  if (url.pathname !== '/' || url.search || url.hash || url.username)
    problems.push('ATELIER_PUBLIC_URL: must have no path, query or user');
  const provider = providerIn(values, problems);
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    site: {
      publicUrl: url.origin,
      quotas: {
        ofOne: values.ATELIER_CLASSES_PER_TRAINER,
        ofAll: values.ATELIER_CLASSES ?? usualClasses[values.DATABASE_URL ? 'onServer' : 'embedded'],
        seats: values.ATELIER_SEATS,
        perDay: values.ATELIER_CLASSES_PER_DAY,
      },
      provider,
    },
  };
}

function providerIn(values: Values, problems: string[]): TrainersProvider | null {
  const { ATELIER_OIDC: issuer, ATELIER_OIDC_TRAINERS: trainers, ATELIER_OIDC_ALGORITHM: algorithm } = values;
  if (issuer === undefined) {
    if (settingsOfProvider.some((name) => values[name] !== undefined))
      problems.push('ATELIER_OIDC: is missing, the other settings of the provider need it');
    return null;
  }
  if (!URL.canParse(issuer)) {
    problems.push('ATELIER_OIDC: must be the address of an issuer');
    return null;
  }
  const reading = readOpenIdClient('ATELIER_OIDC', {
    issuer: issuer.replace(/\/$/, ''),
    isProduction: false,
    clientId: values.ATELIER_OIDC_CLIENT_ID,
    clientSecret: values.ATELIER_OIDC_CLIENT_SECRET,
    signingKey: undefined,
    encryptionKey: undefined,
  });
  const admits = trainers === undefined ? [] : readAdmissions(trainers);
  if (trainers === undefined)
    problems.push('ATELIER_OIDC_TRAINERS: is missing: say whom of the provider’s people ATELIER_OIDC admits');
  if (admits === null)
    problems.push('ATELIER_OIDC_TRAINERS: must be addresses, @domains or claim=value, with commas between');
  if (!reading.ok) problems.push(...reading.problems);
  if (!reading.ok || !admits) return null;
  return {
    label: values.ATELIER_OIDC_LABEL ?? new URL(issuer).hostname,
    client: reading.settings,
    idTokenAlgorithm: algorithm,
    claims: {
      userinfo: 'plain-userinfo' as const,
      'id-token': 'id-token' as const,
      'signed-userinfo': { signedUserinfo: algorithm },
    }[values.ATELIER_OIDC_CLAIMS],
    admits,
  };
}

/** Null when one of them is none. */
function readAdmissions(list: string): readonly AdmissionRule[] | null {
  const rules = list.split(',').map((one) => readAdmission(one.trim()));
  const read = rules.filter((rule) => rule !== null);
  return read.length === rules.length ? read : null;
}

function readAdmission(rule: string): AdmissionRule | null {
  const claim = /^([\w:.-]{1,100})=([^\p{C}]{1,200})$/u.exec(rule);
  if (claim?.[1] && claim[2]) return { kind: 'claim', name: claim[1], value: claim[2] };
  return /^[^\s@=]{0,100}@[a-z\d-]{1,63}(\.[a-z\d-]{1,63}){1,9}$/i.test(rule)
    ? { kind: 'email', address: rule.toLowerCase() }
    : null;
}
