import type { BirthDateReason } from '#src/civil-status/birth-date.ts';
import type { NirProblem } from '#src/civil-status/nir.ts';
import type { CardRouteBar, EnrolmentBar } from '#src/journey/bars.ts';
import type { CardSerialProblem } from '#src/proofs/card-serial.ts';
import type { IbanTailProblem } from '#src/proofs/iban.ts';

/** What an agent can say or do for somebody who met a refusal: one sentence for each reason of the register’s rules. */
type Guide<Reason extends string> = Readonly<Record<Reason, string>>;

export const nirGuide: Guide<NirProblem> = {
  empty: 'La case est vide.',
  characters:
    'Une lettre autre que A ou B, souvent O pour zéro ou I pour un\u00a0: faire relire la carte chiffre par chiffre.',
  length: 'Il manque ou il reste un chiffre\u00a0: 13 caractères sans la clé, 15 avec.',
  structure:
    'Le premier chiffre, le mois, ou la place du A ou du B est impossible\u00a0: faire relire depuis la carte.',
  key: 'La clé ne correspond pas\u00a0: un chiffre est faux, ou la clé est celle d’un autre numéro. Proposer sans la clé ne répare rien.',
};

export const birthDateGuide: Guide<BirthDateReason> = {
  missing: 'Les trois cases sont vides.',
  'missing-day': 'Si l’état civil ne connaît pas le jour, écrire 00.',
  'missing-month': 'Si l’état civil ne connaît pas le mois, écrire 00.',
  'missing-year': 'L’année est toujours nécessaire.',
  'not-a-day': 'Jour hors de 0 à 31, ou pas un nombre.',
  'not-a-month': 'Mois hors de 0 à 12, ou écrit en lettres.',
  'not-a-year': 'L’année a 4 chiffres.',
  'not-a-date': 'Ce jour n’existe pas ce mois-là, par exemple le 31 avril.',
  future: 'La date est dans le futur\u00a0: souvent l’année en cours à la place de l’année de naissance.',
  'too-old': 'Plus de 125 ans\u00a0: souvent une faute de frappe dans l’année.',
};

export const ibanTailGuide: Guide<IbanTailProblem> = {
  empty: 'La case est vide.',
  characters: 'Un signe qui n’est ni un chiffre ni une lettre sans accent.',
  length: 'Pas 7 caractères\u00a0: faire compter depuis la fin. L’IBAN entier est accepté aussi.',
  'invalid-iban':
    'L’IBAN entier a été saisi et contient une faute\u00a0: saisir seulement les 7 derniers caractères.',
};

export const cardSerialGuide: Guide<CardSerialProblem> = {
  empty: 'La case est vide.',
  'is-nir': 'Le numéro du devant a été saisi\u00a0: retourner la carte.',
  'digits-only': 'Une lettre ou un signe dans le numéro.',
  length: 'Le nombre de chiffres n’est pas celui de ce type de carte.',
};

/** Only the agent learns which of these applies, and decides what to say; pages never show it. */
export const ineligibilityGuide: Guide<EnrolmentBar | CardRouteBar> = {
  deceased:
    'La caisse connaît la personne comme décédée. Rester sobre, ne rien annoncer\u00a0; faire vérifier l’état civil.',
  'left-register':
    'La caisse ne compte plus la personne parmi ses assurés\u00a0: vérifier ses droits, ou indiquer le service de son nouveau régime.',
  'regime-not-admitted':
    'Le régime n’ouvre pas de compte ici aujourd’hui\u00a0: indiquer le service de son régime.',
  'ayant-droit':
    'La personne n’est pas assurée à titre personnel\u00a0: l’ouvreur de droits peut ouvrir le sien.',
  'provisional-nir':
    'Numéro provisoire (3, 4, 7 ou 8)\u00a0: compte possible une fois le numéro définitif reçu.',
  'uncertified-nir': 'Numéro en attente de certification\u00a0: vérifier les pièces d’état civil demandées.',
  'too-young': 'Moins que l’âge de la politique (16 ans par défaut)\u00a0: compte possible à cet âge.',
  'no-card': 'Aucune carte Vitale connue\u00a0: voir la demande de carte.',
  'card-not-active': 'Carte perdue ou expirée\u00a0: prendre la dernière reçue, ou en demander une.',
  'mutation-unfinished': 'Changement de caisse inachevé\u00a0: terminer la mutation, puis réessayer.',
  'no-bank-details': 'Aucun compte bancaire connu\u00a0: enregistrer un RIB, puis réessayer.',
};
