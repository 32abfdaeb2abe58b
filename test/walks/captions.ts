import type { Policy } from '#src/policy/schema.ts';
import { catalogue, type Language } from '#src/texts/language.ts';
import type { StepName } from './steps.ts';

/** What a guide says of a step: what is seen is its picture and its title. */
export interface Caption {
  readonly see: string;
  readonly does: readonly string[];
  readonly tip?: string;
}

type Captions = Readonly<Record<StepName, (policy: Policy) => Caption>>;

const captions = catalogue<Captions>({
  fr: {
    caisse: () => ({
      see: 'La page demande votre code postal, pour trouver votre caisse.',
      does: ['Écrivez les 5 chiffres du code postal de votre domicile.', 'Appuyez sur « SÉLECTIONNER ».'],
      tip: 'Cette étape est facultative : vous pouvez aussi commencer tout de suite.',
    }),
    'caisse-confirm': () => ({
      see: 'Le nom de votre caisse est affiché.',
      does: [
        'Si c’est bien elle, appuyez sur « CONFIRMER ».',
        'Sinon, choisissez « Ce n’est pas ma caisse » et changez le code postal.',
      ],
    }),
    home: () => ({
      see: 'L’accueil dit à quoi sert le compte et ce qu’il faut avoir sous la main.',
      does: ['Préparez ce qui est demandé.', 'Appuyez sur « Je crée mon compte ».'],
    }),
    'sign-in-page': () => ({
      see: 'C’est la page de connexion des personnes qui ont déjà un compte.',
      does: ['Si vous n’en avez pas encore, choisissez « Créer un compte », en bas.'],
    }),
    identity: ({ franceConnect }) => ({
      see: 'Un formulaire demande qui vous êtes.',
      does: [
        'Écrivez votre nom de naissance ou votre nom d’usage.',
        'Recopiez votre numéro de sécurité sociale depuis votre carte Vitale : 13 caractères.',
        'Vérifiez le mois et l’année de naissance, et ajoutez le jour.',
        'Écrivez votre code postal, puis relisez tout.',
        'Appuyez sur « CONTINUER ».',
      ],
      tip:
        franceConnect.position === 'first'
          ? 'Les accents et les majuscules ne comptent pas. FranceConnect, proposé en premier, évite de remplir ce formulaire.'
          : 'Les accents et les majuscules ne comptent pas. Si vous avez déménagé, essayez aussi votre ancien code postal.',
    }),
    app: () => ({
      see: 'Sur un téléphone, le site peut devenir une application : voici sa première page.',
      does: ['Appuyez sur « Je n’ai pas de code » pour créer votre compte.'],
    }),
    'identity-franceconnect': () => ({
      see: 'Le formulaire propose aussi FranceConnect.',
      does: ['Ne remplissez rien : appuyez sur « S’identifier avec FranceConnect ».'],
      tip: 'FranceConnect utilise un compte que vous avez déjà, comme celui des impôts.',
    }),
    franceconnect: () => ({
      see: 'FranceConnect vous demande qui vous êtes. Ici, un simulateur le remplace.',
      does: ['Connectez-vous avec le compte que vous avez choisi.'],
    }),
    'franceconnect-consent': () => ({
      see: 'FranceConnect montre les informations qu’il va transmettre.',
      does: ['Relisez-les, puis acceptez de continuer.'],
    }),
    'other-ways': () => ({
      see: 'Quand la carte Vitale ou le RIB ne conviennent pas, d’autres moyens sont proposés.',
      does: ['Choisissez comment recevoir un code provisoire.', 'Appuyez sur « RECEVOIR UN CODE ».'],
      tip: 'Le code part seulement là où votre caisse sait vous joindre.',
    }),
    code: ({ codes }) => ({
      see: 'La page attend le code que vous avez reçu.',
      does: ['Recopiez votre numéro de sécurité sociale et le code.', 'Appuyez sur « CONTINUER ».'],
      tip: `Vous avez ${codes.tries} essais. Le code sert une seule fois : ensuite, la création continue comme avec la carte Vitale.`,
    }),
    'proof-plain-card': () => ({
      see: 'Premier cas : votre carte Vitale n’a pas de photo.',
      does: [
        'Recopiez la fin de l’IBAN du compte où arrivent vos remboursements.',
        'Recopiez tout le numéro de série, au dos de la carte : il a 8, 9, 12 ou 13 chiffres.',
        'Appuyez sur « VALIDER ».',
      ],
    }),
    proof: ({ proof }) => ({
      see:
        proof.ibanShown === 'nothing'
          ? 'La page demande la fin de votre IBAN et le numéro de série de votre carte Vitale.'
          : 'La page rappelle le début de l’IBAN connu de votre caisse, et demande la suite.',
      does: [
        'Prenez votre RIB : recopiez les 7 derniers caractères de l’IBAN.',
        'Retournez votre carte Vitale : recopiez le numéro de série, en haut à gauche.',
        'Appuyez sur « VALIDER ».',
      ],
      tip: 'Le numéro de série n’est pas votre numéro de sécurité sociale. S’il est effacé, choisissez « Je ne dispose pas du numéro de série de ma carte Vitale ».',
    }),
    card: () => ({
      see: 'La page demande le numéro de série de votre carte Vitale.',
      does: ['Retournez votre carte Vitale.', 'Recopiez le numéro écrit en haut à gauche, puis continuez.'],
      tip: 'Le numéro de série n’est pas votre numéro de sécurité sociale.',
    }),
    terms: () => ({
      see: 'Les conditions d’utilisation sont résumées.',
      does: [
        'Lisez-les : vos relevés ne viendront plus par courrier.',
        'Choisissez « Oui, j’accepte », puis appuyez sur « CONTINUER ».',
      ],
      tip: 'Sans votre accord, aucun compte n’est créé et rien ne change pour vous.',
    }),
    password: ({ password }) => ({
      see: 'La page donne les règles, puis deux champs à remplir.',
      does: [
        password.composition === 'digits'
          ? `Choisissez de ${password.minimum} à ${password.maximum} chiffres.`
          : `Choisissez au moins ${password.minimum} caractères, en suivant les règles.`,
        'Écrivez la même chose dans les deux champs.',
        'Appuyez sur « CONTINUER ».',
      ],
      tip: 'Le plus long est le plus sûr. Ne le donnez à personne, pas même à la personne qui vous aide.',
    }),
    contact: ({ contact }) => ({
      see: 'La page demande comment vous joindre.',
      does: [
        'Écrivez deux fois votre adresse email.',
        ...(contact.layout === 'two-screens' ? [] : ['Ajoutez vos numéros de téléphone, si vous voulez.']),
        'Répondez « Oui » ou « Non » aux questions : « Non » est déjà choisi.',
        'Appuyez sur « CONTINUER ».',
      ],
      tip: 'Prenez une adresse que vous lisez souvent, et que personne de votre famille n’utilise déjà pour son compte.',
    }),
    telephones: () => ({
      see: 'La page demande vos numéros de téléphone.',
      does: ['Écrivez votre numéro de portable, si vous voulez.', 'Appuyez sur « VALIDER ».'],
    }),
    waiting: ({ confirmation }) => ({
      see: 'La création est presque finie : un message vient de partir à votre adresse.',
      does: ['Ouvrez votre messagerie.'],
      tip: `Vous avez ${confirmation.linkActiveDays} jours. Rien reçu ? Attendez un peu, regardez dans les courriers indésirables, puis demandez un nouveau message.`,
    }),
    mail: () => ({
      see: 'Le message contient un bouton et un code.',
      does: ['Appuyez sur le bouton. S’il ne marche pas, recopiez le code sur la page d’attente.'],
      tip: 'Si vous avez plusieurs messages, ouvrez le plus récent.',
    }),
    link: () => ({
      see: 'La page s’ouvre sur un seul bouton.',
      does: ['Appuyez sur ce bouton : votre compte est activé.'],
    }),
    'sign-in-dead': ({ confirmation }) => ({
      see: `Après ${confirmation.linkActiveDays} jours, la connexion mène à cette page.`,
      does: ['Appuyez sur « Recevoir un nouveau message » : il arrive à la même adresse.'],
    }),
    'link-dead': ({ confirmation }) => ({
      see: `Après ${confirmation.linkActiveDays} jours, le lien ne sert plus.`,
      does: ['Appuyez sur « Recevoir un nouveau message » : il arrive à la même adresse.'],
    }),
    'link-over': ({ confirmation }) => ({
      see: `Après ${confirmation.selfResendUntilDays} jours, le compte n’attend plus.`,
      does: ['Recommencez la création, ou demandez de l’aide à votre caisse.'],
    }),
    confirmed: () => ({
      see: 'Votre compte est actif.',
      does: ['Appuyez sur « Me connecter ».'],
      tip: 'Pensez à mettre à jour votre carte Vitale, dans une pharmacie par exemple.',
    }),
    'sign-in': () => ({
      see: 'C’est la page de connexion.',
      does: [
        'Écrivez votre numéro de sécurité sociale, puis ce que vous venez de choisir.',
        'Connectez-vous.',
      ],
    }),
    account: () => ({
      see: 'Vous êtes dans votre compte.',
      does: ['Relisez vos informations. Quand vous avez fini, déconnectez-vous.'],
    }),
  },
  en: {
    caisse: () => ({
      see: 'The page asks for your postcode, to find your caisse.',
      does: ['Enter the 5 digits of the postcode of your home.', 'Press “SELECT”.'],
      tip: 'This step is optional: you can also start at once.',
    }),
    'caisse-confirm': () => ({
      see: 'The name of your caisse is shown.',
      does: [
        'If it is the right one, press “CONFIRM”.',
        'Otherwise choose “This is not my caisse” and change the postcode.',
      ],
    }),
    home: () => ({
      see: 'The home page says what the account is for and what to have at hand.',
      does: ['Get ready what is asked for.', 'Press “I create my account”.'],
    }),
    'sign-in-page': () => ({
      see: 'This is where people sign in who already have an account.',
      does: ['If you do not have one yet, choose “Create an account”, at the bottom.'],
    }),
    identity: ({ franceConnect }) => ({
      see: 'A form asks who you are.',
      does: [
        'Enter your name at birth or the name you use.',
        'Copy your social security number from your carte Vitale: 13 characters.',
        'Check the month and year of birth, and add the day.',
        'Enter your postcode, then read everything again.',
        'Press “CONTINUE”.',
      ],
      tip:
        franceConnect.position === 'first'
          ? 'Accents and capitals do not matter. FranceConnect, offered first, saves you this form.'
          : 'Accents and capitals do not matter. If you have moved, try your former postcode too.',
    }),
    app: () => ({
      see: 'On a telephone, the site can become an application: this is its first page.',
      does: ['Press “I do not have a code” to create your account.'],
    }),
    'identity-franceconnect': () => ({
      see: 'The form offers FranceConnect too.',
      does: ['Fill in nothing: press “Sign in with FranceConnect”.'],
      tip: 'FranceConnect uses an account that you already have, such as the one for taxes.',
    }),
    franceconnect: () => ({
      see: 'FranceConnect asks who you are. Here a simulator stands for it, in French only.',
      does: ['Sign in with the account that you have chosen.'],
    }),
    'franceconnect-consent': () => ({
      see: 'FranceConnect shows the information that it is going to send.',
      does: ['Read it, then agree to continue.'],
    }),
    'other-ways': () => ({
      see: 'When the carte Vitale or the bank details will not do, other ways are offered.',
      does: ['Choose how to receive a provisional code.', 'Press the button to receive it.'],
      tip: 'The code only goes to where your caisse can reach you.',
    }),
    code: ({ codes }) => ({
      see: 'The page waits for the code that you received.',
      does: ['Copy your social security number and the code.', 'Press “CONTINUE”.'],
      tip: `You have ${codes.tries} attempts. The code serves once: then the creation goes on as with the carte Vitale.`,
    }),
    'proof-plain-card': () => ({
      see: 'First case: your carte Vitale has no photo.',
      does: [
        'Copy the end of the IBAN of the account where your reimbursements arrive.',
        'Copy the whole serial number, on the back of the card: it has 8, 9, 12 or 13 digits.',
        'Press “CONFIRM”.',
      ],
    }),
    proof: ({ proof }) => ({
      see:
        proof.ibanShown === 'nothing'
          ? 'The page asks for the end of your IBAN and the serial number of your carte Vitale.'
          : 'The page recalls the start of the IBAN that your caisse knows, and asks for the rest.',
      does: [
        'Take your bank details (RIB): copy the last 7 characters of the IBAN.',
        'Turn your carte Vitale over: copy the serial number, top left.',
        'Press “CONFIRM”.',
      ],
      tip: 'The serial number is not your social security number. If it is worn off, choose “I do not have the serial number of my carte Vitale”.',
    }),
    card: () => ({
      see: 'The page asks for the serial number of your carte Vitale.',
      does: ['Turn your carte Vitale over.', 'Copy the number at the top left, then continue.'],
      tip: 'The serial number is not your social security number.',
    }),
    terms: () => ({
      see: 'The terms of use are summed up.',
      does: [
        'Read them: your statements will no longer come by post.',
        'Choose “Yes, I accept”, then press “CONTINUE”.',
      ],
      tip: 'If you do not agree, no account is created and nothing changes for you.',
    }),
    password: ({ password }) => ({
      see: 'The page gives the rules, then two fields to fill in.',
      does: [
        password.composition === 'digits'
          ? `Choose ${password.minimum} to ${password.maximum} digits.`
          : `Choose at least ${password.minimum} characters, following the rules.`,
        'Enter the same in both fields.',
        'Press “CONTINUE”.',
      ],
      tip: 'The longer, the safer. Give it to nobody, not even to the person who helps you.',
    }),
    contact: ({ contact }) => ({
      see: 'The page asks how you can be reached.',
      does: [
        'Enter your e-mail address twice.',
        ...(contact.layout === 'two-screens' ? [] : ['Add your telephone numbers, if you wish.']),
        'Answer the questions with “Yes” or “No”: “No” is already chosen.',
        'Press “CONTINUE”.',
      ],
      tip: 'Take an address that you read often, and that nobody in your family uses for their own account.',
    }),
    telephones: () => ({
      see: 'The page asks for your telephone numbers.',
      does: ['Enter your mobile number, if you wish.', 'Press “CONFIRM”.'],
    }),
    waiting: ({ confirmation }) => ({
      see: 'The creation is nearly finished: a message has just been sent to your address.',
      does: ['Open your mailbox.'],
      tip: `You have ${confirmation.linkActiveDays} days. Nothing received? Wait a little, look in the junk mail, then ask for a new message.`,
    }),
    mail: () => ({
      see: 'The message holds a button and a code.',
      does: ['Press the button. If it does not work, copy the code onto the waiting page.'],
      tip: 'If you have several messages, open the most recent one.',
    }),
    link: () => ({
      see: 'The page opens with a single button.',
      does: ['Press this button: your account is activated.'],
    }),
    'sign-in-dead': ({ confirmation }) => ({
      see: `After ${confirmation.linkActiveDays} days, signing in leads to this page.`,
      does: ['Press “Receive a new message”: it comes to the same address.'],
    }),
    'link-dead': ({ confirmation }) => ({
      see: `After ${confirmation.linkActiveDays} days, the link no longer works.`,
      does: ['Press “Receive a new message”: it comes to the same address.'],
    }),
    'link-over': ({ confirmation }) => ({
      see: `After ${confirmation.selfResendUntilDays} days, the account no longer waits.`,
      does: ['Start the creation again, or ask your caisse for help.'],
    }),
    confirmed: () => ({
      see: 'Your account is active.',
      does: ['Press “Sign in”.'],
      tip: 'Remember to update your carte Vitale, in a pharmacy for instance.',
    }),
    'sign-in': () => ({
      see: 'This is where you sign in.',
      does: ['Enter your social security number, then what you have just chosen.', 'Sign in.'],
    }),
    account: () => ({
      see: 'You are in your account.',
      does: ['Read your information again. When you have finished, sign out.'],
    }),
  },
});

export function captionOf(step: StepName, policy: Policy, language: Language): Caption {
  return captions[language][step](policy);
}
