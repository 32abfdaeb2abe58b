import { catalogue } from '#src/texts/language.ts';

/** Above a form that was sent from a page too old to trust. */
export const expiredForm = catalogue({
  fr: {
    title: 'Page expirée',
    text: 'Cette page était ouverte depuis trop longtemps : rien n’a été enregistré. Vérifiez ce qui est écrit ci-dessous, complétez les champs vides, puis envoyez à nouveau.',
  },
  en: {
    title: 'Page expired',
    text: 'This page had been open for too long: nothing was saved. Check what is written below, fill in the empty fields, then send it again.',
  },
});

/** Above a form that was filled with what has changed since, in another tab or on another device. */
export const changedForm = catalogue({
  fr: {
    title: 'Ces informations ont changé',
    text: 'Elles ont été modifiées depuis que cette page est ouverte : rien n’a été enregistré. Vérifiez ce qui est écrit ci-dessous, complétez les champs vides, puis envoyez à nouveau.',
  },
  en: {
    title: 'These details have changed',
    text: 'They were changed after this page was opened: nothing was saved. Check what is written below, fill in the empty fields, then send it again.',
  },
});
