import { z } from 'zod';
import type { Place } from '#src/crypto/keyring.ts';

const day = z.iso.date();

/** One of the people insured together: the insured has rank 1, those insured with them (ayants droit) 2 to 19. */
export const beneficiarySchema = z.strictObject({
  rank: z.int().min(1).max(19),
  birthName: z.string().min(1).max(100),
  usageName: z.string().min(1).max(100).nullable(),
  givenNames: z.array(z.string().min(1).max(100)).min(1).max(20),
  /** `yyyy-mm-dd`, `00` where civil status does not know the day or the month. */
  birthDate: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** 13 characters; null for somebody who has none of their own, such as a small child. */
  nir: z.string().nullable(),
  /** The basic rights. */
  from: day,
  until: day.nullable(),
  /** A declared médecin traitant. */
  doctorDeclared: z.boolean(),
  /** Health information: shown only on request. */
  exonerations: z
    .array(z.strictObject({ label: z.string().min(1).max(120), from: day, until: day.nullable() }))
    .max(20),
  /** Complémentaire santé solidaire: until when, or null. */
  solidarity: z.strictObject({ from: day, until: day }).nullable(),
});

/** The rights of the people insured together, as the caisse last said. */
export const rightsSchema = z
  .strictObject({
    /** Codes of the organism as an attestation prints them: régime, caisse, centre. */
    organism: z.strictObject({
      regime: z.string().regex(/^\d{2}$/),
      caisse: z.string().regex(/^\d{3}$/),
      centre: z.string().regex(/^\d{4}$/),
    }),
    beneficiaries: z.array(beneficiarySchema).min(1).max(19),
  })
  .refine(
    ({ beneficiaries }) => new Set(beneficiaries.map(({ rank }) => rank)).size === beneficiaries.length,
    'two people have the same rank',
  )
  .refine(
    ({ beneficiaries }) => beneficiaries.some(({ rank }) => rank === 1),
    'rank 1, the insured, is missing',
  );

export type Rights = z.infer<typeof rightsSchema>;
export type Beneficiary = z.infer<typeof beneficiarySchema>;

/** One of the people insured together, with the number by which what is stored about them names them (`members.ts`). */
const memberSchema = beneficiarySchema.extend({ member: z.int() });
export type Member = z.infer<typeof memberSchema>;

/** Rights as they are kept: who holds each rank now, and who was insured with the person before, enough to know them again. */
export const keptRightsSchema = rightsSchema.safeExtend({
  beneficiaries: z.array(memberSchema),
  former: z.array(memberSchema.pick({ member: true, nir: true, birthDate: true, givenNames: true })),
});
export type KeptRights = z.infer<typeof keptRightsSchema>;

/** The number of the insured themselves. */
export const ownMember = 1;

/** The place that the sealed rights of a person are bound to. */
export function rightsPlace(personKey: Buffer): Place {
  return { table: 'rights', column: 'sealed', row: [personKey] };
}

/** The age of majority: from that day on, the insured no longer sees a beneficiary’s care. */
const majority = 18;

/**
 * Whether the insured may see what concerns one of those insured with them: themselves always, the others until they come
 * of age (secret médical, Code de la santé publique, L. 1110-4). `today`: `yyyy-mm-dd` in Paris. A birth date with an unknown
 * day or month counts as its first one, so that nobody is shown for too long.
 */
export function isShownToInsured(
  { rank, birthDate }: Pick<Beneficiary, 'rank' | 'birthDate'>,
  today: string,
): boolean {
  return rank === 1 || !isOfAge({ birthDate }, today);
}

/** Whether somebody has come of age. */
export function isOfAge({ birthDate }: Pick<Beneficiary, 'birthDate'>, today: string): boolean {
  const [year = '', month = '', day = ''] = birthDate.split('-');
  const known = (part: string) => (part === '00' ? '01' : part);
  return today >= `${String(Number(year) + majority).padStart(4, '0')}-${known(month)}-${known(day)}`;
}

/** The people insured together whom the insured may see, by rank; none while nobody has said who they are. */
export function shownBeneficiaries(rights: KeptRights | null, today: string): readonly Member[] {
  return (rights?.beneficiaries ?? [])
    .filter((beneficiary) => isShownToInsured(beneficiary, today))
    .toSorted((a, b) => a.rank - b.rank);
}

/** The ranks that people have now, by their numbers. */
export type Ranks = ReadonlyMap<number, number>;

/** Of whom the insured may see something: always of themselves; of nobody unknown, of nobody who left, and of no other adult. */
export function shownRanks(rights: KeptRights | null, today: string): Ranks {
  const others = shownBeneficiaries(rights, today).map(({ member, rank }) => [member, rank] as const);
  return new Map([[ownMember, 1], ...others]);
}
