import { caissesFor } from '#src/caisses/lookup.ts';
import type { CaisseReference } from '#src/caisses/reference.ts';

/** A town where invented people are born and live. */
export interface Town {
  readonly postalCode: string;
  readonly town: string;
  /** INSEE code of the commune or of the arrondissement. */
  readonly insee: string;
  /** Its fund, where the département has several. */
  readonly caisse: string | undefined;
}

const table = `
01000 Bourg-en-Bresse|01053
02100 Saint-Quentin|02691
03100 Montluçon|03185
04100 Manosque|04112
05000 Gap|05061
06000 Nice|06088
07100 Annonay|07010
08000 Charleville-Mézières|08105
09100 Pamiers|09225
10000 Troyes|10387
11100 Narbonne|11262
12000 Rodez|12202
13080 Aix-en-Provence|13001
13008 Marseille|13208
13013 Marseille|13213
13015 Marseille|13215
14000 Caen|14118
15000 Aurillac|15014
16000 Angoulême|16015
17000 La Rochelle|17300
18000 Bourges|18033
19100 Brive-la-Gaillarde|19031
20000 Ajaccio|2A004
20200 Bastia|2B033
21000 Dijon|21231
22000 Saint-Brieuc|22278
23000 Guéret|23096
24000 Périgueux|24322
25000 Besançon|25056
26000 Valence|26362
27000 Évreux|27229
28000 Chartres|28085
29200 Brest|29019
30000 Nîmes|30189
31000 Toulouse|31555
31700 Blagnac|31069
32000 Auch|32013
33000 Bordeaux|33063
33600 Pessac|33318
34000 Montpellier|34172
35000 Rennes|35238
36000 Châteauroux|36044
37000 Tours|37261
38000 Grenoble|38185
39100 Dole|39198
40000 Mont-de-Marsan|40192
41000 Blois|41018
42000 Saint-Étienne|42218
43000 Le Puy-en-Velay|43157
44000 Nantes|44109
44600 Saint-Nazaire|44184
45000 Orléans|45234
46000 Cahors|46042
47000 Agen|47001
48000 Mende|48095
49000 Angers|49007
50100 Cherbourg-en-Cotentin|50129
51100 Reims|51454
52000 Chaumont|52121
53000 Laval|53130
54000 Nancy|54395
55100 Verdun|55545
56100 Lorient|56121
57000 Metz|57463
58000 Nevers|58194
59000 Lille|59350|595
59100 Roubaix|59512|597
59140 Dunkerque|59183|594
59200 Tourcoing|59599|597
59300 Valenciennes|59606|599
60000 Beauvais|60057
61000 Alençon|61001
62000 Arras|62041|621
62100 Calais|62193|622
63000 Clermont-Ferrand|63113
64000 Pau|64445|642
64100 Bayonne|64102|641
65000 Tarbes|65440
66000 Perpignan|66136
67000 Strasbourg|67482
68100 Mulhouse|68224
69003 Lyon|69383
69007 Lyon|69387
69100 Villeurbanne|69266
70000 Vesoul|70550
71100 Chalon-sur-Saône|71076
72000 Le Mans|72181
73000 Chambéry|73065
74000 Annecy|74010
75013 Paris|75113
75015 Paris|75115
75018 Paris|75118
75020 Paris|75120
76000 Rouen|76540|764
76600 Le Havre|76351|763
77100 Meaux|77284
78000 Versailles|78646
79000 Niort|79191
80000 Amiens|80021
80100 Abbeville|80001
81000 Albi|81004
82000 Montauban|82121
83000 Toulon|83137
84000 Avignon|84007
85000 La Roche-sur-Yon|85191
86000 Poitiers|86194
87000 Limoges|87085
88000 Épinal|88160
89000 Auxerre|89024
90000 Belfort|90010
91000 Évry-Courcouronnes|91228
92000 Nanterre|92050
92100 Boulogne-Billancourt|92012
93100 Montreuil|93048
93200 Saint-Denis|93066
94400 Vitry-sur-Seine|94081
95100 Argenteuil|95018
97139 Les Abymes|97101
97200 Fort-de-France|97209
97300 Cayenne|97302
97400 Saint-Denis|97411
97500 Saint-Pierre|97502
97600 Mamoudzou|97611
`;

export const places: readonly Town[] = table
  .trim()
  .split('\n')
  .map((row) => {
    const [where = '', insee = '', caisse] = row.split('|');
    return { postalCode: where.slice(0, 5), town: where.slice(6), insee, caisse };
  });

/** The fund of somebody who lives there: that of the commune's own département. */
export function caisseOf(place: Town, reference: CaisseReference): string {
  const departement = /^9[78]/.test(place.insee) ? place.insee.slice(0, 3) : place.insee.slice(0, 2);
  const serving = caissesFor(reference, place.postalCode).find(
    ({ code, departements }) =>
      departements.includes(departement) && (place.caisse === undefined || code === place.caisse),
  );
  if (!serving) throw new Error(`No fund for ${place.postalCode} ${place.town}`);
  return serving.code;
}

/** The last line of an address. */
export function townLine({ postalCode, town }: Town): string {
  return `${postalCode} ${town.toUpperCase()}`;
}
