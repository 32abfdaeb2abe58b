import { type Language, languages } from '#src/texts/language.ts';
import { workshopPaths } from '#src/workshop/paths.ts';
import { freePort } from '../../../scripts/free-port.ts';
import type { Closing } from '../../setting/database.ts';
import { accept, askFor, openSite } from '../../workshop/permanent/site.ts';
import { type State, state } from '../world.ts';
import { seenAt } from './workshop.ts';

/** What a permanent site has besides the pages of every workshop, in every state; its provider is away. */
export async function siteStates(t: Closing): Promise<Readonly<Record<Language, readonly State[]>>> {
  const site = await openSite(t, {
    ATELIER_OIDC: `http://127.0.0.1:${await freePort()}`,
    ATELIER_OIDC_LABEL: 'le Département',
    ATELIER_OIDC_CLIENT_ID: 'atelier',
    ATELIER_OIDC_CLIENT_SECRET: 'secret-d-essai',
    ATELIER_OIDC_TRAINERS: '@isere.example',
    ATELIER_SEATS: '12',
  });
  const states: Record<Language, State[]> = { fr: [], en: [] };
  const { trainer: door, classes } = workshopPaths;
  for (const language of languages) {
    const trainer = site.browser(undefined, { langue: language });
    const note = async (name: string, status: number, url: string, fields?: Record<string, string>) => {
      const seen = fields ? await trainer.post(url, fields) : await trainer.get(url);
      states[language].push(state(name, status, seenAt(url, seen)));
    };
    const link = await site.invite(`Sonia Keller ${language}`);
    await note('site: door', 200, door);
    await note('site: door, wrong', 422, door, { identifiant: 'sonia-keller', motDePasse: 'samovar' });
    await trainer.post(door, { action: 'fournisseur' });
    await note('site: door, the provider is away', 200, door);
    await trainer.get(workshopPaths.trainerReturn);
    await note('site: door, the journey is over', 200, door);
    await note('site: invitation', 200, link);
    await note('site: invitation, refused', 422, link, { motDePasse: 'court', confirmation: 'courte' });
    await accept(trainer, link);
    await note('site: invitation, over', 410, link);
    await note('site: classes', 200, classes);
    await note('site: passphrase', 200, workshopPaths.passphrase);
    const changed = { motDePasseActuel: 'samovar', motDePasse: 'court', confirmation: 'courte' };
    await note('site: passphrase, refused', 422, workshopPaths.passphrase, changed);
    const seen = await askFor(trainer, 'Vif', '13');
    states[language].push(state('site: classes, too many seats', 422, seenAt(classes, seen)));
  }
  return states;
}
