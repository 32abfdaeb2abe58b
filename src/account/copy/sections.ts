/**
 * What a person gets of what is kept about them (RGPD, articles 15 and 20): sections of rows, each row with these fields.
 * The JSON file has exactly them; the texts explain each (`texts.ts`).
 */
export const copyFields = {
  register: [
    ...(['nir', 'birthName', 'usageName', 'givenNames', 'birthDate', 'birthPlace', 'birthCountry'] as const),
    ...(['certified', 'deceased', 'address', 'postalCode', 'formerPostalCodes', 'regime', 'caisse'] as const),
    ...(['entitlement', 'ibanStart', 'cardType', 'cardState', 'cardTransfer', 'email', 'mobile'] as const),
  ],
  rights: [
    ...(['rank', 'birthName', 'usageName', 'givenNames', 'birthDate', 'nir', 'from', 'until'] as const),
    ...(['doctorDeclared', 'exonerations', 'solidarityUntil', 'depositedBy'] as const),
  ],
  account: [
    ...(['status', 'createdAt', 'createdBy', 'confirmedAt', 'lastUsedAt', 'language', 'caisse'] as const),
    ...(['nir', 'names', 'birthDate', 'email', 'mobile', 'landline'] as const),
    ...(['passwordChangedAt', 'passwordState', 'passwordUses', 'franceConnectSince'] as const),
  ],
  terms: ['version', 'acceptedAt', 'language', 'textSha256'],
  consents: ['purpose', 'answer', 'at', 'version', 'language', 'text'],
  correspondence: ['paper', 'paperSince', 'frequency', 'phrase', 'changedAt'],
  sessions: ['kind', 'begunAt', 'seenAt', 'endsAt'],
  devices: ['browser', 'system', 'firstAt', 'lastAt', 'knownUntil', 'offlineUntil'],
  enrolments: ['supportCode', 'begunAt', 'changedAt', 'closedAt', 'name', 'birthDate', 'postalCode', 'proof'],
  codes: ['channel', 'askedAt', 'worksUntil', 'usedAt'],
  notices: ['kind', 'channel', 'state', 'queuedAt', 'sentAt', 'deliveredAt'],
  messages: ['id', 'thread', 'direction', 'with', 'subject', 'text', 'files', 'at', 'readAt', 'state'],
  documents: [
    'id',
    'title',
    'type',
    'bytes',
    'sha256',
    'from',
    'about',
    'depositedAt',
    'openedAt',
    'postedAt',
  ],
  payments: [
    'id',
    'paidOn',
    'kind',
    'to',
    'about',
    'label',
    'on',
    'until',
    'paid',
    'base',
    'rate',
    'reimbursed',
  ],
  attestations: ['kind', 'issuedAt', 'validUntil', 'replacedAt'],
  trail: ['at', 'kind', 'actor'],
} as const;

export type Section = keyof typeof copyFields;
export type Field<S extends Section> = (typeof copyFields)[S][number];
export type Value = string | number | boolean | null;
export type Row<S extends Section> = Readonly<Record<Field<S>, Value>>;

/** Of each section the latest rows, at most `mostRows`. */
export type PersonalData = { readonly [S in Section]: readonly Row<S>[] };

/** Bounds memory and time, far beyond what anybody has. */
export const mostRows = 5_000;
