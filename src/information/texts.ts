import { catalogue } from '#src/texts/language.ts';

export interface InformationPage {
  readonly title: string;
  readonly sections: readonly {
    readonly heading: string;
    readonly paragraphs: readonly string[];
    readonly list?: readonly string[];
  }[];
}

interface Names {
  readonly service: string;
  readonly telephone: string;
  readonly demo: boolean;
}

interface InformationTexts {
  readonly legal: (names: Names) => InformationPage;
  readonly security: (names: Names) => InformationPage;
  readonly privacy: (names: Names) => InformationPage;
}

/** Pages of the footer: short, and nothing that this software does not do. */
export const informationTexts = catalogue<InformationTexts>({
  fr: {
    legal: ({ service, telephone, demo }) => ({
      title: 'Mentions légales et conditions générales d’utilisation',
      sections: [
        {
          heading: 'Qui propose ce service ?',
          paragraphs: demo
            ? [
                `Ceci est une démonstration du service « ${service} ». Elle n’est pas affiliée à l’Assurance Maladie.`,
                'Toutes les personnes, toutes les adresses et tous les comptes sont fictifs. N’y saisissez pas vos propres informations.',
              ]
            : [
                `Le service « ${service} » est proposé par l’organisme dont vous dépendez. Il en est l’éditeur et le responsable. Téléphone : ${telephone}.`,
              ],
        },
        {
          heading: 'Le logiciel',
          paragraphs: [
            'Le service fonctionne avec compte-assure, un logiciel libre (licence MIT) que l’organisme d’assurance maladie installe et exploite sur ses propres serveurs.',
            'Les pages n’utilisent aucun service d’un tiers : ni mesure d’audience, ni publicité, ni police de caractères distante.',
          ],
        },
        {
          heading: 'À quoi vous vous engagez',
          paragraphs: ['En utilisant ce service :'],
          list: [
            'vous créez votre propre compte, avec des informations exactes ;',
            'vous gardez votre mot de passe et vos codes pour vous ;',
            'vous prévenez votre caisse si quelqu’un d’autre a pu utiliser votre compte.',
          ],
        },
        {
          heading: 'Si vous vous faites aider',
          paragraphs: [
            'Une personne de confiance ou une structure d’aide peut vous accompagner. Choisissez et saisissez vous-même votre mot de passe.',
          ],
        },
      ],
    }),
    security: ({ service, telephone }) => ({
      title: 'Recommandations de sécurité',
      sections: [
        {
          heading: 'Ce que nous ne demandons jamais',
          paragraphs: [
            `Personne ne vous demandera votre mot de passe ou un code par téléphone, par SMS ou par email. Pas même un agent du ${telephone}.`,
            'Si quelqu’un le fait, ne répondez pas : c’est une fraude. Raccrochez ou supprimez le message.',
          ],
        },
        {
          heading: 'Votre mot de passe',
          paragraphs: [],
          list: [
            'Choisissez-le long : plusieurs mots que vous seul pouvez associer, par exemple.',
            'Ne prenez pas celui d’un autre site.',
            'Un gestionnaire de mots de passe peut le retenir pour vous : le service accepte le copier-coller.',
          ],
        },
        {
          heading: 'Les messages que vous recevez',
          paragraphs: [
            `Nos messages ne contiennent ni votre numéro de sécurité sociale, ni vos coordonnées bancaires. En cas de doute, n’ouvrez pas le lien : tapez vous-même l’adresse du service « ${service} ».`,
          ],
        },
        {
          heading: 'Sur un ordinateur partagé',
          paragraphs: [
            'Déconnectez-vous à la fin, puis fermez le navigateur. N’acceptez pas qu’il retienne votre mot de passe.',
          ],
        },
        {
          heading: 'Si vous pensez qu’on a utilisé votre compte',
          paragraphs: [
            `Téléphonez tout de suite au ${telephone} et changez votre mot de passe. Pour être conseillé après une fraude : www.cybermalveillance.gouv.fr.`,
          ],
        },
      ],
    }),
    privacy: ({ telephone, demo }) => ({
      title: 'Protection des données personnelles',
      sections: [
        ...(demo
          ? [
              {
                heading: 'Dans cette démonstration',
                paragraphs: [
                  'Toutes les personnes sont fictives. Ce qui suit décrit le service tel qu’un organisme l’exploite.',
                ],
              },
            ]
          : []),
        {
          heading: 'Qui est responsable, et pourquoi ?',
          paragraphs: [
            'L’organisme d’assurance maladie qui propose ce service est responsable de vos données. Il les utilise pour vérifier que vous êtes bien la personne assurée, ouvrir votre compte et le protéger.',
            'Il le fait pour sa mission d’intérêt public (article 6.1.e du règlement général sur la protection des données). Le numéro de sécurité sociale est utilisé comme le permet le décret n° 2019-341 du 19 avril 2019. Les messages facultatifs et les études reposent sur votre accord, que vous pouvez retirer.',
          ],
        },
        {
          heading: 'Quelles données ?',
          paragraphs: [],
          list: [
            'Ce que vous saisissez : nom, numéro de sécurité sociale, date de naissance, code postal, adresse email, numéros de téléphone, réponses sur les messages et les études.',
            'Ce que votre caisse connaît déjà, pour comparer : identité, adresse, carte Vitale, coordonnées bancaires. La fin de l’IBAN et le numéro de série ne sont gardés que sous une forme qui permet de comparer, pas de lire.',
            'Les traces de sécurité : dates des connexions, des échecs et des changements.',
          ],
        },
        {
          heading: 'Comment sont-elles gardées ?',
          paragraphs: [
            'Vos données sont chiffrées dans la base. Votre mot de passe n’y est pas : seule une empreinte permet de le vérifier. Rien n’est vendu, rien n’est transmis à un publicitaire.',
          ],
        },
        {
          heading: 'Combien de temps ?',
          paragraphs: [],
          list: [
            'Une création de compte que vous ne terminez pas : 30 jours au plus.',
            'Le contenu d’un email ou d’un SMS envoyé : 7 jours ; celui d’un courrier : 24 heures après sa remise.',
            'Les traces techniques : 12 mois.',
            'Votre compte : tant que vous l’utilisez. Si vous ne vous connectez pas pendant 3 ans, nous vous prévenons, puis nous le supprimons.',
          ],
        },
        {
          heading: 'Quels cookies ?',
          paragraphs: [
            'Un cookie est un petit texte que votre navigateur garde. Nous utilisons seulement les cookies nécessaires. Aucun ne sert à vous suivre.',
          ],
          list: [
            'Votre session (« session ») : jusqu’à sa fin.',
            'La protection des formulaires (« csrf ») : jusqu’à la fermeture du navigateur.',
            'Votre passage par FranceConnect (« franceconnect ») : jusqu’à la fin de votre session.',
            'Votre session chez FranceConnect, pour la fermer quand vous partez (« franceconnect-session ») : jusqu’à sa fin.',
            'Ce que vous venez de faire, pour vous le confirmer (« fait ») : 2 minutes.',
            'Ce que vous aviez écrit à la fin de votre session, chiffré (« brouillon ») : une heure.',
            'Votre code postal, pendant le choix de la caisse (« code-postal ») : une heure.',
            'Votre caisse, la langue et l’affichage que vous avez choisis (« caisse », « langue », « contraste ») : un an.',
            'La lecture sans réseau, si vous l’avez choisie (« sans-reseau ») : jusqu’à la fin de ce choix.',
            'L’appareil où vous vous êtes connecté, pour que personne ne puisse vous bloquer (« appareil ») : 13 mois au plus.',
            ...(demo
              ? [
                  'La personne inventée que vous jouez (« demo-personne ») : jusqu’à la fermeture du navigateur.',
                  'Dans un atelier, le nom de chaque cookie commence par « atelier- ».',
                  'Dans un atelier, l’étape où le formateur vous a mis (« place ») : un jour.',
                  'Dans un atelier, le navigateur du formateur (« atelier-formateur ») : jusqu’à sa fermeture.',
                ]
              : []),
          ],
        },
        {
          heading: 'Vos droits',
          paragraphs: [
            'Vous avez un compte ? Vous y enregistrez vous-même une copie de vos données, page « Mes informations ».',
            `Vous pouvez demander à voir vos données, à les corriger, à les effacer, à en limiter l’usage ou à vous y opposer. Téléphonez au ${telephone} ou écrivez à votre caisse, à l’attention de la personne déléguée à la protection des données. La réponse arrive en un mois au plus.`,
            'Si la réponse ne vous convient pas, vous pouvez saisir la Commission nationale de l’informatique et des libertés (CNIL) : www.cnil.fr.',
          ],
        },
      ],
    }),
  },
  en: {
    legal: ({ service, telephone, demo }) => ({
      title: 'Legal notice and terms of use',
      sections: [
        {
          heading: 'Who offers this service?',
          paragraphs: demo
            ? [
                `This is a demonstration of the service “${service}”. It is not affiliated with the Assurance Maladie.`,
                'Every person, address and account is fictitious. Do not enter information of your own.',
              ]
            : [
                `The service “${service}” is offered by the health insurance body you belong to, which publishes it and is responsible for it. Telephone: ${telephone}.`,
              ],
        },
        {
          heading: 'The software',
          paragraphs: [
            'The service runs compte-assure, free software (MIT licence) which your health insurance body installs and operates on its own servers.',
            'The pages use no service of a third party: no audience measurement, no advertising, no remote font.',
          ],
        },
        {
          heading: 'What you commit to',
          paragraphs: ['By using this service:'],
          list: [
            'you create your own account, with correct information;',
            'you keep your password and your codes to yourself;',
            'you tell your caisse if someone else may have used your account.',
          ],
        },
        {
          heading: 'If someone helps you',
          paragraphs: [
            'Someone you trust, or a support organisation, may help you. Choose and type your password yourself.',
          ],
        },
      ],
    }),
    security: ({ service, telephone }) => ({
      title: 'Security advice',
      sections: [
        {
          heading: 'What we never ask for',
          paragraphs: [
            `Nobody will ask you for your password or for a code by telephone, by text message or by email. Not even an agent on ${telephone}.`,
            'If someone does, do not answer: it is a fraud. Hang up, or delete the message.',
          ],
        },
        {
          heading: 'Your password',
          paragraphs: [],
          list: [
            'Make it long: several words that only you would put together, for instance.',
            'Do not reuse the one of another site.',
            'A password manager can remember it for you: the service accepts copy and paste.',
          ],
        },
        {
          heading: 'The messages you receive',
          paragraphs: [
            `Our messages contain neither your social security number nor your bank details. If in doubt, do not open the link: type the address of the service “${service}” yourself.`,
          ],
        },
        {
          heading: 'On a shared computer',
          paragraphs: ['Sign out at the end, then close the browser. Do not let it remember your password.'],
        },
        {
          heading: 'If you think that someone has used your account',
          paragraphs: [
            `Call ${telephone} at once and change your password. For advice after a fraud: www.cybermalveillance.gouv.fr.`,
          ],
        },
      ],
    }),
    privacy: ({ telephone, demo }) => ({
      title: 'Protection of personal data',
      sections: [
        ...(demo
          ? [
              {
                heading: 'In this demonstration',
                paragraphs: [
                  'Every person is fictitious. What follows describes the service as a health insurance body operates it.',
                ],
              },
            ]
          : []),
        {
          heading: 'Who is responsible, and why?',
          paragraphs: [
            'The health insurance body that offers this service is responsible for your data. It uses them to check that you are the insured person, to open your account and to protect it.',
            'It does so for its task in the public interest (article 6(1)(e) of the General Data Protection Regulation). The social security number is used as decree no. 2019-341 of 19 April 2019 permits. Optional messages and studies rest on your consent, which you can withdraw.',
          ],
        },
        {
          heading: 'Which data?',
          paragraphs: [],
          list: [
            'What you enter: name, social security number, date of birth, postcode, email address, telephone numbers, answers about messages and studies.',
            'What your caisse already knows, for comparison: identity, address, carte Vitale, bank details. The end of the IBAN and the serial number are kept only in a form that can be compared, not read.',
            'Security records: dates of sign-ins, failures and changes.',
          ],
        },
        {
          heading: 'How are they kept?',
          paragraphs: [
            'Your data are encrypted in the database. Your password is not there: only a fingerprint that allows checking it. Nothing is sold, nothing goes to an advertiser.',
          ],
        },
        {
          heading: 'For how long?',
          paragraphs: [],
          list: [
            'An account creation that you do not finish: 30 days at most.',
            'The content of an email or text message sent: 7 days; of a letter: 24 hours after it was handed over.',
            'Technical records: 12 months.',
            'Your account: as long as you use it. If you do not sign in for 3 years, we warn you, then we delete it.',
          ],
        },
        {
          heading: 'Which cookies?',
          paragraphs: [
            'A cookie is a small text that your browser keeps. We only use the cookies that are needed. None serves to follow you.',
          ],
          list: [
            'Your session (“session”): until it ends.',
            'The protection of forms (“csrf”): until you close the browser.',
            'Your visit to FranceConnect (“franceconnect”): until your session ends.',
            'Your session at FranceConnect, to close it when you leave (“franceconnect-session”): until it ends.',
            'What you have just done, to confirm it to you (“fait”): 2 minutes.',
            'What you had written when your session ended, encrypted (“brouillon”): one hour.',
            'Your postcode, while you choose your caisse (“code-postal”): one hour.',
            'Your caisse, and the language and display you chose (“caisse”, “langue”, “contraste”): one year.',
            'Reading offline, if you have chosen it (“sans-reseau”): until that choice ends.',
            'The device on which you signed in, so that nobody can lock you out (“appareil”): 13 months at most.',
            ...(demo
              ? [
                  'The invented person whom you play (“demo-personne”): until you close the browser.',
                  'In a workshop, the name of each cookie begins with “atelier-”.',
                  'In a workshop, the step where the trainer put you (“place”): for a day.',
                  'In a workshop, the step where the trainer put you (“place”): for a day.',
                  'In a workshop, the browser of the trainer (“atelier-formateur”, or “formateur” on a permanent site): until it is closed.',
                  'On a permanent site, the trainer’s way by another site (“formateur-retour”): 10 minutes.',
                ]
              : []),
          ],
        },
        {
          heading: 'Your rights',
          paragraphs: [
            'Do you have an account? You can save a copy of your data there yourself, on the page “My details”.',
            `You can ask to see your data, to correct them, to erase them, to restrict their use or to object to it. Call ${telephone} or write to your caisse, to the data protection officer. The answer comes within a month.`,
            'If the answer does not suit you, you can turn to the French data protection authority (CNIL): www.cnil.fr.',
          ],
        },
      ],
    }),
  },
});
