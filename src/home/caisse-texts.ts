import { catalogue } from '#src/texts/language.ts';

export const caisseTexts = catalogue({
  fr: {
    title: 'Sélectionnez votre caisse',
    lead: 'Saisissez le code postal de votre lieu de résidence. Les pages d’ameli seront alors enrichies d’informations locales (contacts, évènements régionaux…).',
    postalCode: 'Votre code postal',
    select: 'SÉLECTIONNER',
    empty: 'Écrivez votre code postal',
    wrong: 'Le code postal a 5 chiffres. Exemple : 80000',
    unknown: 'Nous ne connaissons pas ce code postal. Écrivez celui de votre domicile, sans CEDEX',
    confirmTitle: 'Vous avez sélectionné votre caisse',
    confirm: 'Les pages d’ameli seront enrichies des informations de la caisse de :',
    severalTitle: 'Plusieurs caisses sont possibles',
    several: (postalCode: string) =>
      `Plusieurs caisses correspondent au code postal ${postalCode}. Laquelle est la vôtre ?`,
    severalHint: 'Elle est écrite sur vos courriers et sur vos relevés.',
    choose: 'Choisissez votre caisse',
    submit: 'CONFIRMER',
    notMine: 'Ce n’est pas ma caisse',
  },
  en: {
    title: 'Select your caisse',
    lead: 'Enter the postcode of the place where you live. The pages of ameli will then show local information (contacts, regional events…).',
    postalCode: 'Your postcode',
    select: 'SELECT',
    empty: 'Enter your postcode',
    wrong: 'A postcode has 5 digits. Example: 80000',
    unknown: 'We do not know this postcode. Enter the one of your home, without CEDEX',
    confirmTitle: 'You have selected your caisse',
    confirm: 'The pages of ameli will show the information of the caisse of:',
    severalTitle: 'Several caisses are possible',
    several: (postalCode: string) => `Several caisses serve the postcode ${postalCode}. Which one is yours?`,
    severalHint: 'It is written on your letters and statements.',
    choose: 'Choose your caisse',
    submit: 'CONFIRM',
    notMine: 'This is not my caisse',
  },
});
