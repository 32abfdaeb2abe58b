import type { Caisse } from '#src/caisses/reference.ts';
import { type Sender, senderScopes } from '#src/senders/sender.ts';

/** Names of caisses by the words that stand before them; all others follow «de». */
const articles: readonly (readonly [words: string, names: string])[] = [
  [
    'de l’',
    'Ain|Aisne|Allier|Ardèche|Ariège|Artois|Aube|Aude|Aveyron|Essonne|Eure|Hérault|Indre|Isère|Oise|Orne|Yonne',
  ],
  ['d’', 'Eure-et-Loir|Ille-et-Vilaine|Indre-et-Loire'],
  [
    'du ',
    'Bas-Rhin|Calvados|Cantal|Cher|Doubs|Finistère|Gard|Gers|Hainaut|Haut-Rhin|Jura|Loir-et-Cher|Loiret|Lot|Morbihan|Puy-de-Dôme|Rhône|Tarn|Territoire de Belfort|Val-de-Marne|Val-d’Oise|Var|Vaucluse',
  ],
  [
    'des ',
    'Alpes-de-Haute-Provence|Alpes-Maritimes|Ardennes|Bouches-du-Rhône|Côtes-d’Armor|Deux-Sèvres|Flandres|Hautes-Alpes|Hautes-Pyrénées|Hauts-de-Seine|Landes|Pyrénées-Orientales|Vosges|Yvelines',
  ],
  [
    'de la ',
    'Charente|Charente-Maritime|Corrèze|Corse-du-Sud|Côte d’Opale|Côte-d’Or|Creuse|Dordogne|Drôme|Gironde|Guadeloupe|Guyane|Haute-Corse|Haute-Garonne|Haute-Loire|Haute-Marne|Haute-Saône|Haute-Savoie|Haute-Vienne|Loire|Loire-Atlantique|Lozère|Manche|Marne|Martinique|Mayenne|Meuse|Moselle|Nièvre|Sarthe|Savoie|Seine-Saint-Denis|Somme|Vendée|Vienne',
  ],
];

const before = new Map(
  articles.flatMap(([words, names]) => names.split('|').map((name) => [name, words] as const)),
);

/** «CPAM du Puy-de-Dôme»; a caisse générale or a caisse of its own overseas. */
function caisseTitle({ code, name }: Pick<Caisse, 'code' | 'name'>): string {
  if (name === 'Le Havre') return 'CPAM du Havre';
  const kind = code >= '975' ? 'Caisse' : code >= '971' ? 'CGSS' : 'CPAM';
  return `${kind} ${before.get(name) ?? 'de '}${name}`;
}

/** A caisse of the reference as a sender that may do everything, under the code by which accounts find it. */
export function caisseAsSender(caisse: Pick<Caisse, 'code' | 'name'>, keys: Sender['keys']): Sender {
  return {
    code: `caisse-${caisse.code}`,
    name: caisseTitle(caisse),
    scopes: senderScopes,
    keys,
    disabledAt: null,
  };
}
