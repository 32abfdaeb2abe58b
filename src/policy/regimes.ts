/** Every régime that a register row or a policy may name: the régime général, its partners, and the others we know. */
export const regimeCodes = [
  'GENERAL',
  'CAMIEG',
  'CANSSM',
  'CAVIMAC',
  'CNMSS',
  'CRPCEN',
  'ENIM',
  'MGP',
  'MGEN',
  'LMDE',
  'LMG',
  'MNH',
  'HFP',
  'INTERIALE',
  'SOLSANTIS',
  'MSA',
  'SNCF',
  'RATP',
  'CFE',
  'BDF',
  'CCIP',
  'SENAT',
  'AN',
  'PAB',
] as const;

export type RegimeCode = (typeof regimeCodes)[number];

/** The régime of a code, or null: the list is closed, so that a mistyped code never passes for a régime. */
export function regimeOf(code: string): RegimeCode | null {
  return regimeCodes.find((known) => known === code) ?? null;
}
