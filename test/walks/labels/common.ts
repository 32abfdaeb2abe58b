/** What several tutorials show with the same labels, because they show the same page of the same time. */

export const termsLabels = [
  "J'accepte les conditions d'utilisation",
  "Pour accéder aux services de votre compte, vous devez d'abord accepter les conditions d'utilisation :",
  "En adhérant au compte ameli, vous acceptez de ne plus recevoir vos relevés de prestations par courrier postal au profit d'une consultation en ligne.",
  "La saisie d'une adresse email est obligatoire pour bénéficier des services du compte. En renseignant et confirmant votre email, vous acceptez de recevoir dans la messagerie du compte, tout ou partie des courriers et messages de l'Assurance Maladie.",
  "Pour plus d'informations, consultez les conditions d'utilisation détaillées",
  "Oui, j'accepte",
  'Non, je refuse',
];

export const contactLabels = [
  'Informations personnelles',
  '* champ obligatoire',
  'Je saisis mon adresse email',
  'Saisissez votre adresse email : *',
  'Je confirme mon adresse email : *',
  "J'autorise l'Assurance Maladie à m'envoyer par email des informations promotionnelles sur ses services : *",
  'Oui',
  'Non',
  'Je saisis mes coordonnées téléphoniques',
  'Saisissez votre n° de téléphone portable :',
  "J'autorise l'Assurance Maladie à me communiquer des informations promotionnelles sur ses services :",
  'Par Téléphone :',
  'Oui',
  'Non',
  'Par SMS :',
  'Oui',
  'Non',
  'Saisissez votre n° de téléphone fixe :',
  "J'autorise l'Assurance Maladie à me communiquer des informations promotionnelles sur ses services :",
  'Par Téléphone :',
  'Oui',
  'Non',
];

export const waitingLabels = [
  'VALIDATION DE MON EMAIL',
  'Pour finaliser la création de votre compte, merci de cliquer sur le lien reçu par email.',
];
