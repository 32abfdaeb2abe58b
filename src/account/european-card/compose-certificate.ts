import { checkBlocks, officialPaper } from '#src/account/attestation/paper-parts.ts';
import type { Account } from '#src/accounts/account.ts';
import { writtenNir } from '#src/civil-status/nir.ts';
import { type Block, footer, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { formatDayInFigures } from '#src/texts/civil-days.ts';
import { formatDate } from '#src/texts/typography.ts';
import { parisDate } from '#src/time/paris.ts';

export interface CertificateContent {
  readonly rights: Rights;
  readonly beneficiary: Beneficiary;
  readonly validUntil: Date;
  readonly code: string;
  readonly initials: string;
}

/**
 * The certificate that stands in for a European card. Its fields have the numbers of the card (decision S2 of the
 * Administrative Commission, 2010/C 106/09), by which it is read in every language; 8 and 9 are the number and the end of a
 * card that the person does not have. See ADR 0039 for what of it is not verified.
 */
export function composeCertificate(
  services: Pick<Services, 'policy' | 'caisses' | 'publicUrl' | 'demo'>,
  account: Account,
  { rights, beneficiary, validUntil, code, initials }: CertificateContent,
  now: Date,
): PaperDocument {
  const { regime, caisse, centre } = rights.organism;
  const { birthName, usageName, givenNames, birthDate } = beneficiary;
  const nir = beneficiary.nir ?? rights.beneficiaries.find(({ rank }) => rank === 1)?.nir ?? null;
  const blocks: Block[] = [
    paragraph(
      'Ce certificat remplace la carte européenne pendant un séjour temporaire. Il donne droit aux soins qui deviennent nécessaires.',
    ),
    {
      kind: 'properties',
      caption: 'Titulaire',
      rows: [
        { name: '2. État', value: 'FR' },
        { name: '3. Nom', value: usageName === null ? birthName : `${usageName} (${birthName})` },
        { name: '4. Prénoms', value: givenNames.join(', ') },
        { name: '5. Date de naissance', value: formatDayInFigures(birthDate) },
        ...(nir === null ? [] : [{ name: '6. Numéro personnel', value: writtenNir(nir) }]),
        { name: '7. Institution', value: `${regime} ${caisse} ${centre}` },
      ],
    },
    {
      kind: 'properties',
      caption: 'Validité du certificat',
      rows: [
        { name: 'a) Du', value: formatDayInFigures(parisDate(now)) },
        { name: 'b) Au', value: formatDayInFigures(parisDate(validUntil)) },
        { name: 'c) Délivré le', value: formatDayInFigures(parisDate(now)) },
      ],
    },
    ...checkBlocks(services, { what: 'ce certificat', code, initials, now }),
    footer(`Certificat établi le ${formatDate(now, 'fr')}. Un certificat plus récent le remplace.`),
  ];
  const title = 'Certificat provisoire de remplacement de la carte européenne d’assurance maladie';
  return officialPaper(services, account, { id: 'certificate', title, blocks }, now);
}
