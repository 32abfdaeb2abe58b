import type { ProblemCode } from '#src/api/problem-status.ts';
import { catalogue } from '#src/texts/language.ts';

/** The title and meaning of each problem, to be shown to people or read by developers. */
export const problemTexts = catalogue<
  Readonly<Record<ProblemCode, readonly [title: string, detail: string]>>
>({
  fr: {
    malformed: [
      'Envoi illisible',
      'Ce qui a été envoyé n’est pas un objet JSON, ou a deux fois le même champ. Rien n’a été enregistré.',
    ],
    'invalid-key': [
      'Idempotency-Key non admise',
      'Cet en-tête a de 16 à 64 lettres, chiffres ou tirets, comme un UUID tiré au hasard.',
    ],
    unauthenticated: [
      'Jeton absent ou terminé',
      'Envoyez le jeton du dossier dans l’en-tête Authorization. S’il n’est plus valable, recommencez par l’identité.',
    ],
    'unknown-address': ['Adresse inconnue', 'Cette adresse ne mène à rien. La documentation est à /api/v1.'],
    'method-not-allowed': [
      'Méthode non admise',
      'Cette adresse existe, mais pas pour cette méthode. L’en-tête Allow dit lesquelles sont admises.',
    ],
    'step-not-open': [
      'Ce n’est pas l’étape en cours',
      'Les étapes se suivent dans l’ordre. Continuez à l’adresse donnée par «\u00a0suite\u00a0».',
    ],
    overtaken: [
      'Dossier modifié entre-temps',
      'Une autre demande a changé ce dossier au même moment. Relisez où il en est, puis continuez.',
    ],
    'account-exists': [
      'Vous avez déjà un compte',
      'Un compte est ouvert à votre nom. Il n’est pas possible d’en ouvrir un second. Connectez-vous sur le site.',
    ],
    'account-frozen': [
      'Ce compte est bloqué',
      'Le compte ouvert à votre nom a été bloqué : quelqu’un nous a dit que ce n’était pas le sien. La carte Vitale ne suffit plus. Continuez sur le site, avec FranceConnect ou un code reçu par courrier.',
    ],
    'in-progress': [
      'Demande en cours',
      'Une demande de même Idempotency-Key est en cours de traitement. Renvoyez-la dans un instant.',
    ],
    'too-large': [
      'Envoi trop long',
      'Le corps d’une demande ne dépasse pas 16 Kio. Rien n’a été enregistré.',
    ],
    'not-json': ['Format non admis', 'Le corps d’une demande est en application/json.'],
    fields: ['Des champs sont à corriger', 'Corrigez les champs indiqués, puis envoyez à nouveau.'],
    'identity-refused': [
      'Personne non reconnue',
      'Nous ne vous avons pas reconnu avec ces informations. Vérifiez-les une par une',
    ],
    'proof-refused': [
      'Preuve refusée',
      'Ces informations ne correspondent pas à celles de votre caisse. Vérifiez la fin de l’IBAN et le numéro de série',
    ],
    'sign-in-refused': [
      'Connexion refusée',
      'Nous ne pouvons pas vous connecter. Vérifiez votre numéro et votre mot de passe.',
    ],
    'confirmation-refused': ['Code refusé', 'Ce code ne fonctionne pas.'],
    'key-reused': [
      'Idempotency-Key déjà employée',
      'Cette clé a servi à une autre demande. Prenez une clé neuve pour chaque demande.',
    ],
    blocked: [
      'Trop d’essais',
      'Pour protéger les données de chacun, attendez la fin du délai pour recommencer. Ce qui est déjà validé est gardé.',
    ],
    'too-soon': ['Message déjà envoyé', 'Un message a été envoyé il y a peu. Attendez la fin du délai.'],
    'no-more-messages': [
      'Plus de message possible',
      'Tous les messages possibles ont été envoyés. La caisse peut aider par téléphone.',
    ],
    'too-many-requests': [
      'Trop de demandes',
      'Trop de demandes viennent de cette adresse. Attendez la fin du délai.',
    ],
    broken: [
      'Le service a un problème',
      'Une erreur est survenue de notre côté. Réessayez dans quelques minutes.',
    ],
    overloaded: [
      'Le service est très demandé',
      'Rien n’est perdu\u00a0: renvoyez la même demande après le délai de l’en-tête Retry-After.',
    ],
  },
  en: {
    malformed: [
      'Unreadable request',
      'What was sent is not a JSON object, or has the same field twice. Nothing was saved.',
    ],
    'invalid-key': [
      'Idempotency-Key not accepted',
      'This header has 16 to 64 letters, digits or hyphens, as a random UUID has.',
    ],
    unauthenticated: [
      'Token missing or over',
      'Send the token of the dossier in the Authorization header. If it is no longer valid, begin again with the identity.',
    ],
    'unknown-address': ['Unknown address', 'This address leads to nothing. The documentation is at /api/v1.'],
    'method-not-allowed': [
      'Method not allowed',
      'This address exists, but not for this method. The Allow header names those that are.',
    ],
    'step-not-open': [
      'Not the current step',
      'Steps follow each other in order. Go on at the address given by “suite”.',
    ],
    overtaken: [
      'Dossier changed meanwhile',
      'Another request changed this dossier at the same moment. Read where it stands, then go on.',
    ],
    'account-exists': [
      'You already have an account',
      'An account is open in your name. A second one cannot be opened. Sign in on the site.',
    ],
    'account-frozen': [
      'This account is blocked',
      'An account in your name was blocked: somebody said that it was not theirs. The carte Vitale is no longer enough. Continue on the site, with FranceConnect or a code received by post.',
    ],
    'in-progress': [
      'Request in progress',
      'A request with the same Idempotency-Key is being answered. Send it again in a moment.',
    ],
    'too-large': ['Request too long', 'The body of a request is at most 16 KiB. Nothing was saved.'],
    'not-json': ['Format not accepted', 'The body of a request is application/json.'],
    fields: ['Some fields need correcting', 'Correct the fields that are named, then send again.'],
    'identity-refused': [
      'Person not recognised',
      'We did not recognise you with these details. Check them one by one',
    ],
    'proof-refused': [
      'Proof refused',
      'These details do not agree with those of your caisse. Check the end of the IBAN and the serial number',
    ],
    'sign-in-refused': ['Sign-in refused', 'We cannot sign you in. Check your number and your password.'],
    'confirmation-refused': ['Code refused', 'This code is not the right one, or is no longer of use.'],
    'key-reused': [
      'Idempotency-Key already used',
      'This key was used for another request. Take a new key for each request.',
    ],
    blocked: [
      'Too many attempts',
      'To protect everybody’s data, attempts are suspended for a while. What was completed is kept.',
    ],
    'too-soon': [
      'Message already sent',
      'A message was sent a short while ago. Wait until the delay is over.',
    ],
    'no-more-messages': [
      'No more messages',
      'Every possible message has been sent. The caisse can help by telephone.',
    ],
    'too-many-requests': [
      'Too many requests',
      'Too many requests come from this address. Wait until the delay is over.',
    ],
    broken: ['The service has a problem', 'Something went wrong on our side. Try again in a few minutes.'],
    overloaded: [
      'The service is very busy',
      'Nothing is lost: send the same request again after the delay of the Retry-After header.',
    ],
  },
});
