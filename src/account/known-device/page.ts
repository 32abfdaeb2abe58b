import { access, type SitePage } from '#src/access/access.ts';
import { devicesForgotten } from '#src/account/events.ts';
import { record } from '#src/audit/record.ts';
import { forgetDevices, listDevices } from '#src/credentials/known-devices.ts';
import { paths } from '#src/paths.ts';
import type { Services } from '#src/services.ts';
import { catalogue } from '#src/texts/language.ts';
import { formatTime } from '#src/texts/typography.ts';
import { button } from '#src/web/components/button.ts';
import { form } from '#src/web/components/form.ts';
import { definePage } from '#src/web/define-page.ts';
import { html } from '#src/web/html.ts';
import { redirectDone } from '#src/web/page.ts';

const texts = catalogue({
  fr: {
    title: 'Mes appareils connus',
    what: 'Un appareil connu est un navigateur où vous vous êtes déjà connecté. Si quelqu’un essaie votre numéro ailleurs et bloque la connexion, vous pouvez encore entrer depuis cet appareil, avec votre mot de passe.',
    list: 'Dernière connexion :',
    none: 'Aucun appareil n’est connu.',
    limit: 'Un appareil est oublié après 13 mois, et tous le sont quand vous changez de mot de passe.',
    forget: 'Oublier les appareils connus',
    back: 'Retour à mon compte',
  },
  en: {
    title: 'My known devices',
    what: 'A known device is a browser in which you have signed in before. If somebody tries your number elsewhere and blocks signing in, you can still enter from this device, with your password.',
    list: 'Last sign-in:',
    none: 'No device is known.',
    limit: 'A device is forgotten after 13 months, and all of them are when you change your password.',
    forget: 'Forget the known devices',
    back: 'Back to my account',
  },
});

/** The browsers that failures of others do not lock out, and a button to forget them. */
export function accountDevicesPage({ db }: Pick<Services, 'db'>): SitePage {
  return definePage({
    path: paths.accountDevices,
    about: {
      part: 'The account',
      shows: 'when each known browser last signed in',
      form: 'forgets them all',
    },
    access: access.signedIn,
    show: async (request) => {
      const { visit, now } = request;
      const t = texts[visit.voice];
      const devices = await listDevices(db, request.account.personKey, now);
      return {
        kind: 'page',
        title: t.title,
        back: paths.account,
        body: html`<h1 class="govuk-heading-l">${t.title}</h1>
          <p class="govuk-body">${t.what}</p>
          ${
            devices.length === 0
              ? html`<p class="govuk-body">${t.none}</p>`
              : html`<p class="govuk-body">${t.list}</p>
          <ul class="govuk-list govuk-list--bullet">${devices.map((at) => html`<li>${formatTime(at, visit.voice)}</li>`)}</ul>`
          }
          <p class="govuk-body">${t.limit}</p>
          ${devices.length > 0 && form(visit, { body: button({ text: t.forget }) })}
          ${button({ text: t.back, href: paths.account, style: 'secondary' })}`,
      };
    },
    submit: async (request) => {
      const { account, now } = request;
      await db.transaction().execute(async (trx) => {
        if ((await forgetDevices(trx, account.personKey)) === 0) return;
        await record(trx, devicesForgotten, {
          person: account.personKey,
          actor: { kind: 'person' },
          at: now,
        });
      });
      return redirectDone('devices-forgotten', paths.accountDevices);
    },
  });
}
