import type { Scenario } from '#src/exercise/scenario.ts';
import { type Step, steps } from '#src/exercise/steps.ts';
import { catalogue } from '#src/texts/language.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';
import { trainerTexts } from '#src/workshop/trainer/texts.ts';

/** Where somebody is in an exercise. */
interface Exercise {
  readonly level: Scenario['level'];
  readonly scenario: Pick<Scenario, 'aim' | 'steps'>;
  readonly present: Step;
}

const texts = catalogue({
  fr: {
    now: 'À faire maintenant',
    aim: 'Votre but',
    steps: 'Les étapes de l’exercice',
    done: 'fait\u00a0:',
    finished: 'Bravo, vous avez fini l’exercice',
    finishedText: 'Vous pouvez aider vos voisins, ou regarder le compte.',
    hints: {
      start: 'Lisez cette page. Cherchez comment créer un compte.',
      identity: 'Recopiez le nom, le numéro, la date de naissance et le code postal de votre personne.',
      franceconnect:
        'Appuyez sur «\u00a0S’identifier avec FranceConnect\u00a0». Recopiez-y l’identifiant et le mot de passe de vos papiers.',
      proof: 'Recopiez la fin de l’IBAN et le numéro de série. Vous les trouvez dans vos papiers.',
      'code-asked': 'Choisissez comment recevoir un code. Il arrivera dans vos messages.',
      'code-typed': 'Cherchez le code dans vos messages. Recopiez-le sur la page.',
      terms: 'Lisez les conditions. Si vous êtes d’accord, acceptez-les.',
      password: 'Inventez un mot de passe pour cette personne. Ne prenez jamais un des vôtres.',
      contact: 'Recopiez l’adresse email et le téléphone de votre personne.',
      mail: 'Lisez vos emails. Le service vous a écrit.',
      confirmed: 'Suivez ce que dit l’email, puis confirmez.',
      'sign-in': 'Tapez le numéro de sécurité sociale et le mot de passe de votre personne.',
      account: 'Le compte est ouvert. Regardez ce que vous y trouvez.',
      payments: 'Cherchez les paiements. Ouvrez-en un pour le lire.',
      attestation: 'Cherchez les documents. Demandez une attestation.',
      messages: 'Écrivez un message à la caisse.',
    } satisfies Record<Step, string>,
  },
  en: {
    now: 'What to do now',
    aim: 'Your aim',
    steps: 'The steps of the exercise',
    done: 'done:',
    finished: 'Well done, you have finished the exercise',
    finishedText: 'You can help your neighbours, or look at the account.',
    hints: {
      start: 'Read this page. Look for the way to open an account.',
      identity: 'Copy the name, the number, the date of birth and the postal code of your person.',
      franceconnect:
        'Press “Sign in with FranceConnect”. Copy the identifier and the password from your papers there.',
      proof: 'Copy the end of the IBAN and the serial number. You find them in your papers.',
      'code-asked': 'Choose how to receive a code. It will come in your messages.',
      'code-typed': 'Look for the code in your messages. Copy it onto the page.',
      terms: 'Read the terms. Accept them if you agree.',
      password: 'Invent a password for this person. Never take one of your own.',
      contact: 'Copy the email address and the telephone number of your person.',
      mail: 'Read your emails. The service has written to you.',
      confirmed: 'Do what the email says, then confirm.',
      'sign-in': 'Type the social security number and the password of your person.',
      account: 'The account is open. Look at what you find there.',
      payments: 'Look for the payments. Open one to read it.',
      attestation: 'Look for the documents. Ask for an attestation.',
      messages: 'Write a message to the fund.',
    } satisfies Record<Step, string>,
  },
});

/**
 * What a learner is to do, as their level needs it: one thing at a time with a hint for beginners, the aim for the others.
 */
export function aimPart(visit: Visit, { level, scenario, present }: Exercise): Html {
  const t = texts[visit.voice];
  if (present === scenario.steps.at(-1))
    return html`<h2 class="govuk-heading-m">${t.finished}</h2>
<p class="govuk-body">${t.finishedText}</p>`;
  // Nothing is typed on the page from where the way to FranceConnect leads.
  const hinted =
    present === 'identity' && scenario.steps.includes('franceconnect') ? 'franceconnect' : present;
  if (level === 'debutant')
    return html`<h2 class="govuk-heading-m">${t.now}</h2>
<p class="govuk-body"><strong>${trainerTexts[visit.voice].steps[present]}.</strong> ${t.hints[hinted]}</p>`;
  return html`<h2 class="govuk-heading-m">${t.aim}</h2>
<p class="govuk-body">${scenario.aim[visit.language]}</p>`;
}

/** All steps, for those whom they help: not for beginners, nor for those who are at ease. */
export function stepsPart(visit: Visit, { level, scenario, present }: Exercise): Html | null {
  if (level !== 'intermediaire') return null;
  const t = texts[visit.voice];
  const names = trainerTexts[visit.voice].steps;
  const items = scenario.steps.map((step) => {
    if (step === present) return html`<li aria-current="step">${names[step]}</li>`;
    if (steps.indexOf(step) > steps.indexOf(present)) return html`<li>${names[step]}</li>`;
    return html`<li class="done"><span class="govuk-visually-hidden">${t.done}</span> ${names[step]}</li>`;
  });
  return html`<nav class="steps" aria-label="${t.steps}"><ol>${items}</ol></nav>`;
}
