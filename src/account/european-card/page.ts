import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { issuedAnswer, issuePaper } from '#src/account/attestation/issue.ts';
import { composeCertificate } from '#src/account/european-card/compose-certificate.ts';
import { readOrder } from '#src/account/european-card/form.ts';
import { orderCards } from '#src/account/european-card/order-card.ts';
import { certificateEnd, sortByOrder } from '#src/account/european-card/rules.ts';
import { cardTexts } from '#src/account/european-card/texts.ts';
import { cardView } from '#src/account/european-card/view.ts';
import { latestAttestations } from '#src/attestations/attestation.ts';
import { personKeys } from '#src/crypto/keyring.ts';
import { noRightsPage } from '#src/page-parts/no-rights.ts';
import { paths } from '#src/paths.ts';
import { findInsured } from '#src/register/store.ts';
import { currentBeneficiaries } from '#src/rights/current.ts';
import type { KeptRights, Member } from '#src/rights/rights.ts';
import { findRights } from '#src/rights/store.ts';
import { whoReadsMessages } from '#src/senders/of-caisse.ts';
import type { Sender } from '#src/senders/sender.ts';
import type { Services } from '#src/services.ts';
import { parisDate, parisDay } from '#src/time/paris.ts';
import { definePage } from '#src/web/define-page.ts';
import { type Answer, type PageRequest, redirect, redirectDone, type Shown } from '#src/web/page.ts';

/** What the page knows of those insured together. */
interface Situation extends ReturnType<typeof sortByOrder> {
  readonly rights: KeptRights;
  readonly people: readonly Member[];
  readonly address: readonly string[];
  readonly sender: Sender | null;
}

/** «Carte européenne»: an order for each person, and a certificate at once for those who leave before the card comes. */
export function accountEuropeanCardPage(services: Services): SitePage {
  return definePage({
    path: paths.accountEuropeanCard,
    about: {
      part: 'The account',
      shows: 'the European cards ordered, and the form for an order',
      form: 'orders cards by a message to the caisse, or gives a provisional certificate as PDF',
    },
    access: access.signedIn,
    lists: ['beneficiaires'],
    show: async (request, shown) => view(request, shown, await situationOf(services, request)),
    submit: async (request) => {
      const situation = await situationOf(services, request);
      if (!situation) return view(request, { typed: request.typed, problems: [] }, situation);
      return request.typed.has('certificat')
        ? certificate(services, request, situation)
        : order(services, request, situation);
    },
  });
}

/** Null where no rights are known. */
async function situationOf(
  { db, keyring }: Services,
  { account, now }: PageRequest<SignedIn>,
): Promise<Situation | null> {
  const { contact, personKey, caisseCode } = account;
  const rights = await findRights(db, keyring, personKeys(keyring, contact.nir));
  const [made, found, sender] = await Promise.all([
    latestAttestations(db, keyring, personKey, rights, now),
    findInsured(db, keyring, contact.nir),
    whoReadsMessages(db, caisseCode),
  ]);
  const people = currentBeneficiaries(rights, parisDate(now));
  if (!rights || people.length === 0) return null;
  return { rights, people, ...sortByOrder(people, made, now), address: found?.insured.address ?? [], sender };
}

function view(request: PageRequest, shown: Shown, situation: Situation | null): Answer {
  if (!situation) return noRightsPage(request, cardTexts[request.visit.voice].title);
  return cardView(request, shown, { ...situation, takesOrders: situation.sender !== null });
}

async function order(
  services: Services,
  request: PageRequest<SignedIn>,
  situation: Situation,
): Promise<Answer> {
  const { typed, now, visit } = request;
  const { people, address, sender } = situation;
  if (!sender || address.length === 0) return redirect(paths.accountEuropeanCard);
  const read = readOrder(typed, people, parisDay(now), visit.voice);
  if (read.kind === 'refused') return view(request, { typed, problems: read.problems }, situation);
  const wanted = { sender: sender.code, people: read.people, departure: read.departure, address };
  return (await orderCards(services, request, wanted, now))
    ? redirectDone('european-card-ordered', paths.accountEuropeanCard)
    : redirect(paths.accountEuropeanCard);
}

async function certificate(
  services: Services,
  request: PageRequest<SignedIn>,
  { rights, ordered, people, sender, address }: Situation,
): Promise<Answer> {
  const { account, typed, now } = request;
  const entitled = sender && address.length > 0 ? ordered.map(({ person }) => person) : people;
  const beneficiary = entitled.find(({ rank }) => String(rank) === typed.text('certificat'));
  if (!beneficiary) return redirect(paths.accountEuropeanCard);
  const validUntil = certificateEnd(now);
  const issued = await issuePaper(
    services,
    account,
    beneficiary,
    {
      ...{ kind: 'european-certificate', health: false, rights, validUntil },
      compose: (code, initials) =>
        composeCertificate(services, account, { rights, beneficiary, validUntil, code, initials }, now),
    },
    now,
  );
  return issuedAnswer(request, issued, 'certificat-provisoire.pdf');
}
