import {
  civilStatusClaims,
  type IdentityClaims,
  type SimulatedIdentity,
} from '#src/demo/franceconnect/people/identity.ts';

/**
 * The situations of FranceConnect's public test identities, with people of our own invention, none of whom the
 * demo's register knows, and those whom the RNIPP refuses.
 */
export const mockIdentities: readonly SimulatedIdentity[] = [
  mock('inconnue-du-registre', 'Inconnue de l’Assurance Maladie', {}),
  mock('avec-nom-d-usage', 'Avec un nom d’usage, inconnue du registre', {
    birthName: 'Merlandin',
    usageName: 'Dubosquet',
  }),
  mock('nom-compose-fc', 'Nom composé, inconnu du registre', { birthName: 'Larrieu-Fontanges' }),
  mock('nom-50-caracteres', 'Nom de plus de 50 caractères', {
    birthName: 'Vercingétorix-Lamballe de la Haute-Garenne et des Trois-Moulins-Neufs',
  }),
  mock('caracteres-speciaux', 'Lettres rares : cédille, tréma, tilde, ligature', {
    birthName: 'Ñuñez-Brûlé d’Ægidïus',
    givenNames: ['Françoise-Loïs', 'Zoë'],
  }),
  mock('deux-prenoms', 'Deux prénoms', { givenNames: ['Capucine', 'Odette'] }),
  mock('trois-prenoms', 'Trois prénoms', { givenNames: ['Capucine', 'Odette', 'Fleur'] }),
  mock('prenom-compose', 'Prénom composé avec un trait d’union', { givenNames: ['Marie-Capucine'] }),
  mock('prenom-compose-espace', 'Prénom composé avec une espace', {
    givenNames: ['Marie Capucine', 'Odette'],
  }),
  mock('moins-16-ans', 'Moins de 16 ans', { birthDate: '2012-05-14' }),
  mock('moins-18-ans', 'Moins de 18 ans', { birthDate: '2009-07-02' }),
  mock('genre-indetermine', 'Sexe indéterminé', { gender: 'unspecified' }),
  mock(
    'mois-00',
    'Mois 00 et jour connu : date que rien ne complète',
    {},
    { birthdate: '1977-00-03', idp_birthdate: '1977-00-03' },
  ),
  mock('sans-prenom', 'Sans prénom', { omit: ['given_name', 'given_name_array'] }),
  mock('sans-nom-naissance', 'Sans nom de naissance', { omit: ['family_name'] }),
  mock('sans-mail', 'Sans adresse email', { omit: ['email'] }),
  mock('sans-genre', 'Sans sexe', { omit: ['gender'] }),
  mock('sans-lieu-naissance', 'Sans lieu de naissance', { omit: ['birthplace'] }),
  mock('corse-2a-fc', 'Née en Corse-du-Sud (2A)', { birthPlace: '2A004' }),
  mock('corse-2b-fc', 'Née en Haute-Corse (2B)', { birthPlace: '2B033' }),
  abroad('naissance-algerie', 'Née en Algérie', '99352'),
  abroad('naissance-maroc', 'Née au Maroc', '99350'),
  abroad('naissance-portugal', 'Née au Portugal', '99139'),
  abroad('naissance-belgique', 'Née en Belgique', '99131'),
  mock('naissance-polynesie', 'Née en Polynésie française', { birthPlace: '98735' }),
  mock('naissance-wallis-et-futuna', 'Née à Wallis-et-Futuna', { birthPlace: '98613' }),
  presumed('presume-ne-jour', 'Présumée née : jour inconnu', '1992-11-00'),
  presumed('presume-ne-jour-et-mois', 'Présumée née : jour et mois inconnus', '1992-00-00'),
  refused('rnipp-introuvable', 'Le RNIPP ne trouve personne', 'Y010008'),
  refused('rnipp-une-approchante', 'Le RNIPP trouve une personne approchante', 'Y010004'),
  refused('rnipp-plusieurs', 'Le RNIPP trouve plusieurs personnes : homonymie exacte', 'Y010006'),
  refused('rnipp-nom-usage', 'Le RNIPP ne trouve que sous le nom d’usage', 'Y010007'),
];

type Sketch = Partial<Parameters<typeof civilStatusClaims>[0]> & {
  readonly omit?: readonly (keyof IdentityClaims)[];
};

function mock(
  identifiant: string,
  situation: string,
  { omit = [], ...sketch }: Sketch,
  more: IdentityClaims = {},
): SimulatedIdentity {
  const whole: IdentityClaims = {
    ...civilStatusClaims({
      birthName: 'Chantepierre',
      givenNames: ['Capucine'],
      birthDate: '1977-10-03',
      gender: 'female',
      birthPlace: '75107',
      birthCountry: '99100',
      email: `${identifiant}@example.org`,
      ...sketch,
    }),
    ...more,
  };
  const claims = Object.fromEntries(
    Object.entries(whole).filter(([name]) => !omit.some((left) => left === name)),
  );
  return { identifiant, situation: situation.replaceAll(' :', '\u00a0:'), claims, refusal: null };
}

function abroad(identifiant: string, situation: string, birthCountry: string): SimulatedIdentity {
  return mock(identifiant, situation, { birthPlace: '', birthCountry });
}

function presumed(identifiant: string, situation: string, birthDate: string): SimulatedIdentity {
  return mock(identifiant, situation, { birthDate, birthPlace: '', birthCountry: '99217' });
}

function refused(
  identifiant: string,
  situation: string,
  refusal: SimulatedIdentity['refusal'],
): SimulatedIdentity {
  return { ...mock(identifiant, situation, {}), refusal };
}
