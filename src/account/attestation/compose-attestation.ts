import { checkBlocks, identityRows, officialPaper } from '#src/account/attestation/paper-parts.ts';
import type { Account } from '#src/accounts/account.ts';
import { writtenNir } from '#src/civil-status/nir.ts';
import { type Block, footer, heading, paragraph } from '#src/documents/block.ts';
import type { PaperDocument } from '#src/documents/paper.ts';
import { beneficiaryName } from '#src/rights/names.ts';
import type { Beneficiary, Rights } from '#src/rights/rights.ts';
import type { Services } from '#src/services.ts';
import { formatDay } from '#src/texts/civil-days.ts';
import { formatDate } from '#src/texts/typography.ts';

export interface AttestationContent {
  readonly rights: Rights;
  readonly beneficiary: Beneficiary;
  /** Whether it says exonerations and the complémentaire santé solidaire too. */
  readonly health: boolean;
  readonly validUntil: Date;
  readonly code: string;
  readonly initials: string;
}

/** The attestation de droits of one of the people insured together. */
export function composeAttestation(
  services: Pick<Services, 'policy' | 'caisses' | 'publicUrl' | 'demo'>,
  account: Account,
  { rights, beneficiary, health, validUntil, code, initials }: AttestationContent,
  now: Date,
): PaperDocument {
  const insured = rights.beneficiaries.find(({ rank }) => rank === 1) ?? beneficiary;
  const { regime, caisse, centre } = rights.organism;
  const { rank, from, until, doctorDeclared } = beneficiary;
  const today = formatDate(now, 'fr');
  const end = formatDate(validUntil, 'fr');
  const blocks: Block[] = [
    paragraph(`Cette personne a droit à l’Assurance Maladie le ${today}.`),
    ...(rank === 1
      ? []
      : [
          {
            kind: 'properties',
            caption: 'Assuré',
            rows: [
              { name: 'Nom et prénom', value: beneficiaryName(insured) },
              ...(insured.nir === null
                ? []
                : [
                    {
                      name: 'Numéro de sécurité sociale',
                      value: writtenNir(insured.nir),
                    },
                  ]),
            ],
          } as const,
        ]),
    {
      kind: 'properties',
      caption: rank === 1 ? 'Assuré' : 'Bénéficiaire',
      rows: identityRows(beneficiary, insured),
    },
    {
      kind: 'properties',
      caption: 'Droits',
      rows: [
        { name: 'Régime, caisse, centre', value: `${regime} ${caisse} ${centre}` },
        { name: 'Droits ouverts depuis le', value: formatDay(from, 'fr') },
        {
          name: 'Fin des droits',
          value: until === null ? 'Sans date de fin connue' : formatDay(until, 'fr'),
        },
        { name: 'Médecin traitant', value: doctorDeclared ? 'Déclaré' : 'Non déclaré' },
        { name: 'Attestation valable', value: `Jusqu’au ${end}` },
      ],
    },
    ...(health ? healthBlocks(beneficiary) : []),
    ...checkBlocks(services, { what: 'cette attestation', code, initials, now }),
    footer(`Attestation établie le ${today}. Une attestation plus récente la remplace.`),
  ];
  return officialPaper(
    services,
    account,
    { id: 'attestation', title: 'Attestation de droits à l’Assurance Maladie', blocks },
    now,
  );
}

/** Health information: on request only. */
function healthBlocks({ exonerations, solidarity }: Beneficiary): Block[] {
  const rows = exonerations.map(({ label, from, until }) => [
    label,
    formatDay(from, 'fr'),
    until === null ? 'Sans date de fin' : formatDay(until, 'fr'),
  ]);
  const solidarityDates =
    solidarity && `Du ${formatDay(solidarity.from, 'fr')} au ${formatDay(solidarity.until, 'fr')}`;
  return [
    heading('Informations de santé'),
    rows.length === 0
      ? paragraph('Aucune exonération du ticket modérateur.')
      : {
          kind: 'table',
          caption: 'Exonérations du ticket modérateur',
          columns: [
            { heading: 'Motif', share: 2 },
            { heading: 'Du', share: 1 },
            { heading: 'Au', share: 1 },
          ],
          rows,
        },
    {
      kind: 'properties',
      caption: 'Complémentaire santé solidaire',
      rows: [{ name: 'Droits', value: solidarityDates ?? 'Non' }],
    },
  ];
}
