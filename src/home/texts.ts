import { catalogue } from '#src/texts/language.ts';

export const homeTexts = catalogue({
  fr: {
    title: (service: string) => `Mon ${service}`,
    heading: 'Mon compte ameli',
    lead: 'Avec le compte ameli : Suivez vos remboursements, effectuez vos démarches en ligne, téléchargez vos attestations…',
    create: 'Je crée mon compte',
    signIn: 'J’ai déjà un compte : me connecter',
    needTitle: 'À avoir sous la main',
    need: [
      'votre carte Vitale, avec ou sans photo',
      'le RIB du compte où arrivent vos remboursements',
      'le code postal de votre domicile',
      'une adresse email à vous, que vous pouvez lire maintenant',
    ],
    duration:
      'Il faut environ trois minutes. Un proche ou un conseiller peut être à côté de vous, mais vous seul choisissez votre mot de passe.',
    withoutTitle: 'Sans carte Vitale ou sans RIB ?',
    without: 'Commencez quand même : nous vous dirons ce que vous pouvez faire.',
  },
  en: {
    title: (service: string) => `Your ${service}`,
    heading: 'Your ameli account',
    lead: 'With the ameli account: follow your reimbursements, do your paperwork online, download your certificates…',
    create: 'Create your account',
    signIn: 'I already have an account: sign in',
    needTitle: 'What to have at hand',
    need: [
      'your carte Vitale, with or without photo',
      'the bank details (RIB) of the account where your reimbursements arrive',
      'the postcode of your home',
      'an email address of your own that you can read now',
    ],
    duration:
      'It takes about three minutes. A relative or an adviser may sit beside you, but you alone choose your password.',
    withoutTitle: 'No carte Vitale or bank details?',
    without: 'Start all the same: we will tell you what you can do.',
  },
});
