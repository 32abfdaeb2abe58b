import { catalogue } from '#src/texts/language.ts';
import { notificationBanner } from '#src/web/components/banners.ts';
import { type Child, type Html, html } from '#src/web/html.ts';
import type { Visit } from '#src/web/visit.ts';

const texts = catalogue({
  fr: {
    press: 'Appuyez à nouveau sur le bouton.',
    checkAndPress: 'Vérifiez la page, complétez les champs vides, puis appuyez à nouveau sur le bouton.',
    expired: {
      title: 'Page expirée',
      what: 'Cette page était ouverte depuis trop longtemps. Ce que vous venez d’envoyer n’a pas été enregistré.',
    },
    changed: {
      title: 'Ces informations ont changé',
      what: 'Elles ont été modifiées depuis que cette page est ouverte. Ce que vous venez d’envoyer n’a pas été enregistré.',
    },
    cookies: {
      title: 'Votre navigateur ne garde pas nos cookies',
      what: 'Un cookie est un petit fichier. Il nous permet de vous reconnaître d’une page à l’autre. Sans lui, nous ne pouvons rien enregistrer.',
      again: 'Si ce message revient\u00a0:',
      ways: (telephone: string) => [
        'autorisez les cookies pour ce site, dans les réglages de votre navigateur\u00a0;',
        'ou essayez avec un autre navigateur, ou un autre appareil\u00a0;',
        `ou téléphonez au ${telephone}.`,
      ],
    },
    kept: {
      title: 'Rien n’est perdu',
      what: 'Ce que vous avez écrit est encore là. Écrivez seulement à nouveau les mots de passe et les codes.',
    },
    draft: {
      title: 'Nous avons gardé ce que vous aviez écrit',
      what: 'Votre session était terminée. Vérifiez la page, puis appuyez sur le bouton.',
    },
  },
  en: {
    press: 'Press the button again.',
    checkAndPress: 'Check the page, fill in any empty field, then press the button again.',
    expired: {
      title: 'Page expired',
      what: 'This page had been open for too long. What you have just sent was not saved.',
    },
    changed: {
      title: 'These details have changed',
      what: 'They were changed after this page was opened. What you have just sent was not saved.',
    },
    cookies: {
      title: 'Your browser does not keep our cookies',
      what: 'A cookie is a small file. It lets us recognise you from one page to the next. Without it, we cannot save anything.',
      again: 'If this message comes back:',
      ways: (telephone: string) => [
        'allow cookies for this site, in the settings of your browser;',
        'or try another browser, or another device;',
        `or call ${telephone}.`,
      ],
    },
    kept: {
      title: 'Nothing is lost',
      what: 'What you wrote is still there. Only passwords and codes have to be written again.',
    },
    draft: {
      title: 'We kept what you had written',
      what: 'Your session had ended. Check the page, then press the button.',
    },
  },
  plain: {
    fr: {
      checkAndPress: 'Vérifiez la page. Remplissez les cases vides. Appuyez à nouveau sur le bouton.',
      expired: {
        title: 'Cette page est trop ancienne',
        what: 'Elle est restée ouverte trop longtemps. Rien n’a été enregistré.',
      },
      changed: { what: 'Rien n’a été enregistré.' },
      cookies: {
        title: 'Votre navigateur bloque les cookies',
        what: 'Un cookie est un petit fichier. Il nous permet de vous reconnaître. Sans lui, rien n’est enregistré.',
        ways: (telephone: string) => [
          'acceptez les cookies de ce site, dans les réglages du navigateur ;',
          'ou essayez sur un autre appareil ;',
          `ou téléphonez au ${telephone}.`,
        ],
      },
      kept: { what: 'Ce que vous avez écrit est encore là. Écrivez à nouveau le mot de passe ou le code.' },
    },
    en: {
      expired: { title: 'This page is too old' },
    },
  },
});

/**
 * Why a form is shown again instead of being judged: its page is too old; its data have changed meanwhile, in another tab
 * or on another device; the browser sent no cookie; the person changed the language or the contrast; or it is a draft.
 */
export type ShownAgain = 'expired' | 'changed' | 'cookies' | 'kept' | 'draft';

/** The banner above such a form; `hasFields`: whether the page has fields to fill in. */
export function shownAgainBanner(visit: Visit, why: ShownAgain, hasFields: boolean): Html {
  const { title } = texts[visit.voice][why];
  return notificationBanner(visit, { title, content: explanation(visit, why, hasFields) });
}

/** The explanation in words: a text, or what to do about cookies. */
function explanation(visit: Visit, why: ShownAgain, hasFields: boolean): string | Html {
  const t = texts[visit.voice];
  if (why === 'kept' || why === 'draft') return t[why].what;
  const next = hasFields ? t.checkAndPress : t.press;
  if (why !== 'cookies') return `${t[why].what} ${next}`;
  const ways: Child = t.cookies.ways(visit.supportTelephone).map((way) => html`<li>${way}</li>`);
  return html`<p class="govuk-body">${t.cookies.what} ${next}</p><p class="govuk-body">${t.cookies.again}</p><ul class="govuk-list govuk-list--bullet">${ways}</ul>`;
}
