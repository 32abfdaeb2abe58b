import type { Account } from '#src/accounts/account.ts';
import { writtenNir } from '#src/civil-status/nir.ts';
import { type Block, footer, heading, pageAt, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { paths, withToken } from '#src/paths.ts';
import type { Beneficiary } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import { capitalised, formatDate } from '#src/texts/typography.ts';
import { groupCode } from '#src/texts/written-code.ts';

type Needed = Pick<Services, 'policy' | 'caisses' | 'publicUrl' | 'demo'>;

/** What papers have in common that are made for an institution: they are in French, whatever the account’s language. */
export function officialPaper(
  { policy, caisses, demo }: Needed,
  { caisseCode }: Pick<Account, 'caisseCode'>,
  { id, title, blocks }: Pick<PaperDocument, 'id' | 'title' | 'blocks'>,
  now: Date,
): PaperDocument {
  const caisse = caisseCode === null ? undefined : caisses.caisses.get(caisseCode);
  return {
    ...{ id, title },
    language: 'fr',
    sender: [capitalised(policy.serviceName), ...(caisse ? [`Caisse : ${caisse.name}`] : [])],
    date: `Le ${formatDate(now, 'fr')}`,
    frame: { kind: 'plain' },
    blocks: demo ? [...blocks, footer('Démonstration : personne fictive, document sans valeur.')] : blocks,
  };
}

/** How anybody checks a paper: by typing, since a drawing to photograph may lead anywhere. */
export function checkBlocks(
  { publicUrl }: Pick<Services, 'publicUrl'>,
  { what, code, initials, now }: { what: string; code: string; initials: string; now: Date },
): Block[] {
  return [
    heading(`Vérifier ${what}`),
    pageAt('Ouvrez cette page, ou tapez-y ce code :', publicUrl() + withToken(paths.checkCode, code)),
    { kind: 'code', code: groupCode(code) },
    paragraph(
      `Elle doit répondre « valable », avec les initiales ${initials} et la date du ${formatDate(now, 'fr')}.`,
    ),
  ];
}

/** Who somebody is, as papers say it. `owner`: whose number a child without one is insured under. */
export function identityRows(
  { birthName, usageName, givenNames, birthDate, nir, rank }: Beneficiary,
  owner: Beneficiary,
) {
  const number = nir ?? owner.nir;
  return [
    { name: 'Nom de naissance', value: birthName },
    ...(usageName === null ? [] : [{ name: 'Nom d’usage', value: usageName }]),
    { name: 'Prénoms', value: givenNames.join(', ') },
    { name: 'Date de naissance', value: formatDayInFigures(birthDate) },
    ...(number === null
      ? []
      : [
          {
            name: nir === null ? 'Numéro de sécurité sociale de l’assuré' : 'Numéro de sécurité sociale',
            value: writtenNir(number),
          },
        ]),
    { name: 'Rang', value: String(rank).padStart(2, '0') },
  ];
}
