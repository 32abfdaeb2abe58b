import { access, type SitePage } from '#src/access/access.ts';
import type { SignedIn } from '#src/access/who.ts';
import { changeCorrespondence } from '#src/account/correspondence/change-correspondence.ts';
import { frequencyValues, readCorrespondence } from '#src/account/correspondence/form.ts';
import { correspondenceView, type Post } from '#src/account/correspondence/view.ts';
import { envelopeOf } from '#src/codes/rules.ts';
import { type Correspondence, findCorrespondence } from '#src/correspondence/correspondence.ts';
import { paths } from '#src/paths.ts';
import { findInsured } from '#src/register/store.ts';
import type { Services } from '#src/services.ts';
import { definePage } from '#src/web/define-page.ts';
import { type PageRequest, redirectDone, Typed } from '#src/web/page.ts';

type Needed = Pick<Services, 'db' | 'keyring' | 'random' | 'jobs' | 'policy' | 'channels'>;

/**
 * Paper, which is a choice apart from the account, how often a mail tells of deposits, and the phrase by which the person
 * knows our mails. No password is required: paper must be as easy to ask for as to give up; a mail tells of each change.
 */
export function accountPaperPage(services: Needed): SitePage {
  const { db, keyring, channels } = services;
  const read = (personKey: Buffer) => findCorrespondence(db, keyring, personKey);
  return definePage({
    path: paths.accountPaper,
    about: {
      part: 'The account',
      shows: 'whether documents go by post too, how often a mail tells of deposits, the sign phrase',
      form: 'stores them, and notifies the person',
    },
    access: access.signedIn,
    filledWith: ({ account }) => read(account.personKey),
    show: async (request, shown, current) => {
      const filled = new Typed(new Map(fieldsOf(current)), { filled: true });
      const isAnswer = shown.problems.length > 0 || shown.banner;
      const post = await postOf(services, request);
      return correspondenceView(request, isAnswer ? shown : { typed: filled, problems: [] }, current, post);
    },
    submit: async (request) => {
      const { typed, visit, account, now } = request;
      const current = await read(account.personKey);
      const { letters } = channels;
      const { problems, chosen } = readCorrespondence(typed, current, { letters, voice: visit.voice });
      if (problems.length > 0)
        return correspondenceView(request, { typed, problems }, current, await postOf(services, request));
      return (await changeCorrespondence(services, account, current, chosen, now))
        ? redirectDone('correspondence-saved', paths.account)
        : { kind: 'overtaken', to: paths.accountPaper };
    },
  });
}

function fieldsOf({ paper, frequency, phrase }: Correspondence): [string, string][] {
  return [
    ['papier', paper ? 'oui' : 'non'],
    ['frequenceAvis', frequency === 'never' ? '' : frequencyValues[frequency]],
    ['phraseRepere', phrase ?? ''],
  ];
}

/** Null where no letters are printed. */
async function postOf(
  { db, keyring, policy, channels }: Needed,
  { account }: PageRequest<SignedIn>,
): Promise<Post | null> {
  if (!channels.letters) return null;
  const found = await findInsured(db, keyring, account.contact.nir);
  const town = found && envelopeOf(found.insured)?.masked;
  return { town: town ?? null, paperDays: policy.account.unread.paperDays };
}
