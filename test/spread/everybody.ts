/**
 * The files whose statements may be about everybody, and why: duties and commands, never pages. Such a statement runs on
 * every node at once; it locks nothing, and reads a bounded number of keys, counts, or deletes by a date.
 */
export const aboutEverybody: Readonly<Record<string, string>> = {
  'src/accounts/departures/departed-account.ts': 'a duty selects the keys of a bounded number of accounts',
  'src/accounts/find-account.ts': 'a command of an agent, who knows the reference of an account only',
  'src/accounts/expire-account.ts': 'a duty selects the keys of a bounded number of accounts',
  'src/accounts/unused-account.ts': 'a duty selects the keys of a bounded number of accounts',
  'src/api/idempotency.ts': 'a duty deletes stored answers after a day',
  'src/archive/draft.ts': 'a duty deletes drafts past their end',
  'src/archive/due-for-paper.ts': 'a duty selects a bounded number of documents',
  'src/archive/on-paper.ts': 'documents that are held are counted, up to a limit',
  'src/archive/purge.ts': 'a duty deletes a bounded number of documents after years',
  'src/attestations/purge.ts': 'a duty deletes attestations and codes past their end',
  'src/audit/anchor.ts': 'a command writes the ends of all chains, node by node',
  'src/audit/export-events.ts': 'a command writes the events between two instants',
  'src/audit/move-chains.ts': 'a command seals five hundred ends of chains anew',
  'src/audit/purge.ts': 'a duty reads who has events of one hour, and who of five hundred people is kept',
  'src/audit/seal-heads.ts': 'a duty seals the ends of five hundred chains',
  'src/audit/verify-seals.ts': 'a command reads all ends of chains, two thousand at once',
  'src/audit/verify.ts': 'a command reads the whole trail',
  'src/cli/support/read-case.ts': 'a command of an agent, who knows a support code only',
  'src/codes/purge.ts': 'a duty deletes codes past their end',
  'src/confirmations/purge.ts': 'a duty deletes links past their end',
  'src/correspondence/avis.ts': 'a duty selects a bounded number of people to be told',
  'src/credentials/purge.ts': 'a duty deletes known browsers past their end',
  'src/delivery/lost-notices.ts': 'a duty selects a bounded number of notices that wait',
  'src/deposits/purge.ts': 'a duty deletes old places in the ledger',
  'src/dossiers/purge.ts': 'a duty deletes old dossiers',
  'src/letters/batch/acknowledge.ts': 'a duty reads a file of the printer, which names letters only',
  'src/letters/batch/export.ts': 'a command writes the letters of a batch',
  'src/letters/batch/render.ts': 'a command writes the letters of a batch',
  'src/letters/batch/status.ts': 'a command counts the letters of a batch',
  'src/letters/purge.ts': 'a duty selects a bounded number of letters, or deletes old ones',
  'src/letters/reminders.ts': 'a duty selects a bounded number of letters',
  'src/lifecycle/activation-reminders.ts': 'a duty selects a bounded number of accounts',
  'src/messages/purge.ts': 'a duty deletes old messages',
  'src/lifecycle/close-accounts.ts': 'an import finds whose accounts a file closes or opens again',
  'src/messages/store.ts': 'a command of an operator, who knows the id of a message only',
  'src/notices/counts.ts': 'notices are counted for metrics, each up to a limit',
  'src/notices/dead-letters.ts': 'a command shows a bounded number of dead letters',
  'src/notices/follow-up.ts': 'a duty selects a bounded number of notices',
  'src/notices/letters.ts': 'a command selects the letters that wait; a duty empties old ones',
  'src/notices/purge.ts': 'a duty empties and deletes notices past their date',
  'src/notices/withhold.ts': 'a command selects a bounded number of people to whom something waits',
  'src/oidc/purge.ts': 'a duty deletes journeys past their end',
  'src/person/erase-rows.ts': 'an erasure deletes the codes of papers that lead to the person',
  'src/person/find-person.ts': 'a command of an agent, who knows a support code only',
  'src/register-import/history.ts': 'a command lists the accounts that an import concerned',
  'src/register-import/record.ts': 'an import finds the accounts of those whom a file moves',
  'src/register-import/staging/moved.ts': 'an import finds who leaves and who comes back',
  'src/register-import/staging/same-line.ts': 'an import asks whom the register has by the lines of a file',
  'src/register-import/staging/staging-tables.ts': 'an import compares the file with the register',
  'src/register/merge-staged.ts': 'an import merges the file with the register, node by node',
  'src/tombstones/tombstone.ts': 'a command writes down all erasures, a bounded number at once',
  'src/tombstones/purge.ts': 'a duty deletes old tombstones',
  'src/installation/reseal.ts': 'a command selects a bounded number of values that an older key sealed',
  'src/installation/identity.ts': 'a command looks whether there is anybody, one row each',
  'src/delivery/one-too-many.ts': 'a delivery counts the SMS of the installation',
  'src/sessions/purge.ts': 'a duty deletes ended sessions',
  'src/signposts/signpost.ts':
    'a duty deletes signposts past their end; an erasure those that lead to the person',
};

/**
 * What pages ask every node for, with an index and a limit on each, and why: nothing that the page knows says whose rows
 * they are.
 */
export const askedEverywhere: Readonly<Record<string, string>> = {
  'src/codes/holds.ts': 'a code by SMS is held back by how those of the whole installation fared of late',
  'src/register/pivot-search.ts':
    'who comes from FranceConnect for the first time has a civil status and no number',
};

/** Commands that refuse a distributed database, and why: docs/operations.md says what to do instead. */
export const refusedThere: Readonly<Record<string, string>> = {
  'src/installation/retire/known-people.ts':
    'a retired key changes the keys of rows, which would have to move',
  'src/installation/retire/move-people.ts':
    'a retired key changes the keys of rows, which would have to move',
  'src/installation/retire/retire-key.ts': 'a retired key changes the keys of rows, which would have to move',
};

/** What only a class or a demo sends: each has a database of its own, which is never distributed. */
export const onOneServer: readonly string[] = ['src/demo/', 'src/installation/put-back/', 'src/workshop/'];
