import { countLettered } from '#src/archive/on-paper.ts';
import { required, type Write } from '#src/database/at-once.ts';
import { joiningLetter, waitingLetters } from '#src/notices/letters.ts';
import { type NoticeContent, noticeRow, queueingNotices } from '#src/notices/notice.ts';
import type { Services } from '#src/services.ts';
import type { Language } from '#src/texts/language.ts';

/** Documents of one envelope: more would not fit into it, nor on the sheet that lists them. */
const mostDocuments = 20;

type Needs = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs'>;

/** Whose documents a letter takes: those of one person, to one address, in one language. */
export interface Addressed {
  readonly personKey: Buffer;
  readonly language: Language;
  readonly content: NoticeContent['document-letter'];
}

/** A letter that one more document goes with. */
export interface Place {
  readonly letterId: string;
  /** What has to be written with the document: the letter, or that it still waits. */
  readonly writes: readonly Write[];
  /** The document was stored with it, or was not: the letter may be gone. */
  settle(isStored: boolean): void;
}

/** The letters that wait to be printed, so that what comes for one person until then goes in one envelope. */
export interface Envelopes {
  /** Reads the letters that wait for some people, whatever was known of them. */
  look(people: readonly Buffer[]): Promise<void>;
  place(addressed: Addressed, now: Date): Promise<Place>;
}

interface Waiting {
  readonly id: string;
  documents: number;
}

/** Letters of one run of the duty. */
export function openEnvelopes(needs: Needs): Envelopes {
  const { db, keyring, random, jobs } = needs;
  const waiting = new Map<string, Waiting>();
  return {
    async look(people) {
      const letters = await waitingLetters(db, keyring, people);
      const counts = await countLettered(db, letters);
      waiting.clear();
      for (const letter of letters)
        waiting.set(nameOf(letter), { id: letter.id, documents: counts.get(letter.id) ?? 0 });
    },
    async place(addressed, now) {
      const { personKey, language, content } = addressed;
      const name = nameOf(addressed);
      const open = waiting.get(name);
      if (open && open.documents < mostDocuments)
        return {
          letterId: open.id,
          writes: [required(joiningLetter(db, { personKey, id: open.id }))],
          settle(isStored) {
            if (isStored) open.documents += 1;
            else waiting.delete(name);
          },
        };
      const id = random.uuid();
      const kind = 'document-letter';
      const notice = noticeRow({ keyring, personKey, id, kind, language, content, recipientKey: null, now });
      return {
        letterId: id,
        writes: await queueingNotices(db, jobs, [notice]),
        settle(isStored) {
          if (isStored) waiting.set(name, { id, documents: 1 });
        },
      };
    },
  };
}

function nameOf({ personKey, language, content }: Addressed): string {
  return JSON.stringify([personKey.toString('hex'), language, content.toAnotherAdult, content.envelope]);
}
