import { dataExported } from '#src/account/copy/events.ts';
import { gatherData } from '#src/account/copy/gather.ts';
import { jsonCopy } from '#src/account/copy/json.ts';
import { paperCopy } from '#src/account/copy/paper.ts';
import type { PersonalData } from '#src/account/copy/sections.ts';
import { record } from '#src/audit/record.ts';
import { loadReference } from '#src/caisses/lookup.ts';
import { queueNotice } from '#src/notices/notice.ts';
import { changeNotice } from '#src/ownership/change-notice.ts';
import type { FoundPerson } from '#src/person/find-person.ts';
import type { Order } from '#src/person/order.ts';
import type { Services } from '#src/services.ts';

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'pdf'>;

export interface Copies {
  readonly json: Buffer;
  readonly pdf: Buffer;
}

export interface Exported {
  readonly data: PersonalData;
  /** Null: there was no account, and so no address. */
  readonly told: string | null;
}

/**
 * Hands an agent everything that is kept about a person (RGPD, articles 15 and 20), to be passed on to them, in French.
 * `save` is called before the event and the mail that tell of it are committed: neither is without the other.
 */
export async function exportPerson(
  needs: Needs,
  { nir, keys, personKey, account, insured }: FoundPerson,
  { agent, reason, isRehearsal }: Order,
  now: Date,
  save: (copies: Copies) => Promise<void>,
): Promise<Exported> {
  const { db, jobs, pdf } = needs;
  const data = await gatherData(needs, { nir, keys, account, insured }, now);
  const told = account && account.status !== 'frozen' ? account.contact.email : null;
  if (isRehearsal) return { data, told };
  const { caisses } = await loadReference(db);
  const document = paperCopy(data, { voice: 'fr', caisses, sender: [], now });
  const written = await pdf.write(document, { title: document.title, createdAt: now }, personKey);
  if (!written) throw new Error('The press takes one document');
  return db.transaction().execute(async (trx) => {
    if (account && told !== null)
      await queueNotice(trx, jobs, changeNotice(needs, account, 'data-exported', told, now));
    const details = { by: 'agent', file: 'both', reason } as const;
    await record(trx, dataExported, { person: personKey, actor: agent, at: now, details });
    await save({ json: jsonCopy(data, 'fr', now), pdf: written });
    return { data, told };
  });
}
