import type { RegimeCode } from '#src/policy/regimes.ts';

/** The name by which people know a régime, and the site of its members. */
export interface Regime {
  readonly name: { readonly fr: string; readonly en: string };
  /** The official site only; null: it no longer manages compulsory insurance, which went back to the caisses. */
  readonly site: `https://${string}` | null;
}

/** By their codes in the register and in the policy. */
export const regimes: ReadonlyMap<string, Regime> = new Map(
  Object.entries({
    MSA: {
      name: { fr: 'Mutualité sociale agricole (MSA)', en: 'the agricultural régime (MSA)' },
      site: 'https://www.msa.fr',
    },
    MGEN: {
      name: { fr: 'MGEN, mutuelle de l’éducation nationale', en: 'MGEN, the education staff mutual fund' },
      site: 'https://www.mgen.fr',
    },
    LMDE: {
      name: { fr: 'La Mutuelle des étudiants (LMDE)', en: 'the students’ mutual fund (LMDE)' },
      site: null,
    },
    LMG: {
      name: { fr: 'La Mutuelle générale (LMG)', en: 'La Mutuelle générale (LMG)' },
      site: null,
    },
    MNH: {
      name: { fr: 'Mutuelle nationale des hospitaliers (MNH)', en: 'the hospital staff mutual fund (MNH)' },
      site: null,
    },
    HFP: {
      name: { fr: 'Harmonie Fonction publique (HFP)', en: 'Harmonie Fonction publique (HFP)' },
      site: null,
    },
    INTERIALE: { name: { fr: 'Intériale', en: 'Intériale' }, site: null },
    SOLSANTIS: { name: { fr: 'Solsantis', en: 'Solsantis' }, site: null },
    SNCF: {
      name: {
        fr: 'Caisse de prévoyance du personnel ferroviaire (CPRPF)',
        en: 'the railway staff fund (CPRPF)',
      },
      site: 'https://www.cprpf.fr',
    },
    RATP: {
      name: { fr: 'Caisse des agents de la RATP (CCAS)', en: 'the RATP staff fund (CCAS)' },
      site: 'https://www.ccas-ratp.fr',
    },
    CRPCEN: {
      name: {
        fr: 'Caisse des clercs et employés de notaires (CRPCEN)',
        en: 'the notaries’ staff fund (CRPCEN)',
      },
      site: 'https://www.crpcen.fr',
    },
    ENIM: {
      name: {
        fr: 'Établissement national des invalides de la marine (ENIM)',
        en: 'the seafarers’ régime (ENIM)',
      },
      site: 'https://www.enim.eu',
    },
    CAMIEG: {
      name: {
        fr: 'Caisse des industries électriques et gazières (CAMIEG)',
        en: 'the electricity and gas industries fund (CAMIEG)',
      },
      site: 'https://www.camieg.fr',
    },
    CANSSM: {
      name: { fr: 'Régime minier (CANSSM)', en: 'the miners’ régime (CANSSM)' },
      site: 'https://www.filieris.fr',
    },
    CAVIMAC: {
      name: { fr: 'Caisse des cultes (CAVIMAC)', en: 'the ministers of religion’s fund (CAVIMAC)' },
      site: 'https://www.cavimac.fr',
    },
    CNMSS: {
      name: { fr: 'Caisse militaire de sécurité sociale (CNMSS)', en: 'the military fund (CNMSS)' },
      site: 'https://www.cnmss.fr',
    },
    MGP: {
      name: { fr: 'Mutuelle générale de la police (MGP)', en: 'the police mutual fund (MGP)' },
      site: 'https://www.mgp.fr',
    },
    CFE: {
      name: { fr: 'Caisse des Français de l’étranger (CFE)', en: 'the fund of the French abroad (CFE)' },
      site: 'https://www.cfe.fr',
    },
    BDF: {
      name: { fr: 'Banque de France', en: 'the Banque de France' },
      site: 'https://www.banque-france.fr',
    },
    CCIP: {
      name: {
        fr: 'Chambre de commerce et d’industrie de Paris (CCIP)',
        en: 'the Paris chamber of commerce (CCIP)',
      },
      site: 'https://www.cci-paris-idf.fr',
    },
    SENAT: { name: { fr: 'Sénat', en: 'the Sénat' }, site: 'https://www.senat.fr' },
    AN: {
      name: { fr: 'Assemblée nationale', en: 'the Assemblée nationale' },
      site: 'https://www.assemblee-nationale.fr',
    },
    PAB: {
      name: { fr: 'Port autonome de Bordeaux', en: 'the port of Bordeaux' },
      site: 'https://www.bordeaux-port.fr',
    },
    GENERAL: { name: { fr: 'Régime général', en: 'the régime général' }, site: 'https://www.ameli.fr' },
  } as const satisfies Record<RegimeCode, Regime>),
);
