import type { Life } from '#src/fictitious/deposits/life.ts';
import type { RegisterLine } from '#src/register/insured.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';

const regimes: Readonly<Record<string, string>> = { GENERAL: '01', MSA: '02', CNMSS: '08', MGEN: '91' };

/** The rights of somebody and of those insured with them, in a civil year; null for somebody without any. */
export function inventRights(line: RegisterLine, life: Life, year: number): Rights | null {
  if (life.cover === 'none') return null;
  const own: Beneficiary = {
    rank: 1,
    birthName: line.birthName,
    usageName: line.usageName,
    givenNames: [...line.givenNames],
    birthDate: line.birthDate,
    nir: line.nir,
    from: '2020-01-01',
    until: null,
    doctorDeclared: line.entitlement === 'ouvreur-de-droits',
    exonerations:
      life.exoneration === null
        ? []
        : [{ label: life.exoneration, from: '2023-05-01', until: `${year + 2}-04-30` }],
    solidarity: life.cover === 'solidarity' ? { from: `${year}-01-01`, until: `${year}-12-31` } : null,
  };
  const relatives = life.relatives.map(({ rank, givenName, birthDate }) => ({
    ...own,
    rank,
    usageName: null,
    givenNames: [givenName],
    birthDate,
    nir: null,
    from: birthDate > '2020-01-01' ? birthDate : '2020-01-01',
    doctorDeclared: false,
    exonerations: [],
  }));
  return {
    organism: { regime: regimes[line.regime] ?? '01', caisse: line.caisse, centre: '0000' },
    beneficiaries: [own, ...relatives],
  };
}
