import { catalogue } from '#src/texts/language.ts';

/** Banner above a form that was sent from an expired page. */
export const expiredForm = catalogue({
  fr: {
    title: 'Page expirée',
    text: 'Cette page était ouverte depuis trop longtemps : rien n’a été enregistré. Vérifiez la page, complétez les champs vides s’il y en a, puis appuyez à nouveau sur le bouton.',
  },
  en: {
    title: 'Page expired',
    text: 'This page had been open for too long: nothing was saved. Check the page, fill in any empty field, then press the button again.',
  },
});

/** Banner above a form whose data have changed meanwhile, in another tab or on another device. */
export const changedForm = catalogue({
  fr: {
    title: 'Ces informations ont changé',
    text: 'Elles ont été modifiées depuis que cette page est ouverte : rien n’a été enregistré. Vérifiez la page, complétez les champs vides s’il y en a, puis appuyez à nouveau sur le bouton.',
  },
  en: {
    title: 'These details have changed',
    text: 'They were changed after this page was opened: nothing was saved. Check the page, fill in any empty field, then press the button again.',
  },
});
