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
