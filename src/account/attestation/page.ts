import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { composeAttestation } from '#src/account/attestation/compose-attestation.ts';
import { issuedAnswer, issuePaper } from '#src/account/attestation/issue.ts';
import { attestationTexts } from '#src/account/attestation/texts.ts';
import { attestationView } from '#src/account/attestation/view.ts';
import { latestAttestations } from '#src/attestations/attestation.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { noRightsPage } from '#src/page-parts/no-rights.ts';
import { paths } from '#src/paths.ts';
import { currentBeneficiaries } from '#src/rights/current.ts';
import type { Beneficiary, KeptRights, Member } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import type { Services } from '#src/services.ts';
import { endOfParisDay, parisDate, parisDay } from '#src/time/paris.ts';
import { definePage } from '#src/web/define-page.ts';
import { refused } from '#src/web/forms/form-page.ts';
import type { Answer, PageRequest, Shown } from '#src/web/page.ts';

/** «Attestation de droits»: about oneself or a child, without health information unless it is asked for. */
export function accountAttestationPage(services: Services): SitePage {
  return definePage({
    path: paths.accountAttestation,
    about: {
      part: 'The account',
      shows: 'the form for an attestation de droits, and those that are valid',
      form: 'gives the attestation as PDF, which replaces the one before',
    },
    access: access.signedIn,
    show: async (request, shown) => view(services, request, shown, await rightsOf(services, request)),
    submit: async (request) => {
      const rights = await rightsOf(services, request);
      const people = currentBeneficiaries(rights, parisDate(request.now));
      if (!rights || people.length === 0) return view(services, request, refused(request.typed), rights);
      const beneficiary = people.find(({ rank }) => String(rank) === request.typed.text('beneficiaire'));
      if (beneficiary) return issue(services, request, rights, beneficiary);
      const text = attestationTexts[request.visit.voice].whomMissing;
      return view(services, request, refused(request.typed, { field: 'beneficiaire', text }), rights);
    },
  });
}

async function rightsOf(
  { db, keyring }: Services,
  { account }: PageRequest<SignedIn>,
): Promise<KeptRights | null> {
  return findRights(db, keyring, personKeys(keyring, account.contact.nir));
}

async function view(
  { db, keyring }: Services,
  request: PageRequest<SignedIn>,
  shown: Shown,
  rights: KeptRights | null,
): Promise<Answer> {
  const { account, now, visit } = request;
  const people = currentBeneficiaries(rights, parisDate(now));
  if (people.length === 0) return noRightsPage(request, attestationTexts[visit.voice].title);
  const made = await latestAttestations(db, keyring, account.personKey, rights, now);
  const members = new Set(people.map(({ member }) => member));
  const ofPeople = made.filter(({ kind, member }) => kind === 'rights' && members.has(member));
  return attestationView(request, shown, people, ofPeople);
}

async function issue(
  services: Services,
  request: PageRequest<SignedIn>,
  rights: KeptRights,
  beneficiary: Member,
): Promise<Answer> {
  const { account, typed, now } = request;
  const health = typed.text('sante') === 'oui';
  const validUntil = validityEnd(beneficiary, now);
  const issued = await issuePaper(
    services,
    account,
    beneficiary,
    {
      ...{ kind: 'rights', health, rights, validUntil },
      compose: (code, initials) =>
        composeAttestation(
          services,
          account,
          { rights, beneficiary, health, validUntil, code, initials },
          now,
        ),
    },
    now,
  );
  return issuedAnswer(request, issued, 'attestation-de-droits.pdf');
}

/** A year from that day on, or the end of the rights. */
function validityEnd({ until }: Beneficiary, now: Date): Date {
  const year = parisDay(now).add({ years: 1 }).subtract({ days: 1 });
  const end = until !== null && until < year.toString() ? Temporal.PlainDate.from(until) : year;
  return endOfParisDay(end);
}
