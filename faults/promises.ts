/** What the service promises when something fails, and the figure that decides whether it kept its word. */
export interface Promised {
  /** What goes wrong. */
  readonly fault: string;
  /** What has to hold meanwhile, or afterwards. */
  readonly holds: string;
  /** What shows it where no program of this folder does. */
  readonly elsewhere?: string;
}

export const promises = {
  'R-01': {
    fault: 'A web or worker process is killed (SIGKILL) at any moment of any step',
    holds:
      'no acknowledged step is lost, no account is half there or there twice, no rule of the database is broken; ready again within 5 s',
  },
  'R-02': {
    fault: 'A worker is killed between the answer of the mail server and its own commit',
    holds:
      'of each mail at most one more copy for each kill, under the same Message-ID; nothing missing after 2 min; each letter is printed once, whenever what writes and reads batches is killed',
  },
  'R-03': {
    fault: 'The primary database dies under load, and a synchronous standby takes over',
    holds:
      'nothing acknowledged is lost, errors for less than 30 s, no restart by hand, one account each; a form sent again works once',
  },
  'R-04': {
    fault: 'The database is slow, a table is locked, the connections are used up',
    holds:
      'pages that do not need the table answer within 1 s (p99), nothing queues without end, all is well afterwards',
  },
  'R-05': {
    fault: 'The mail server is away, then comes back',
    holds:
      'no mail is lost, the oldest goes first, 5000 are sent within 10 min, deadlines count from the creation',
  },
  'R-06': {
    fault:
      'The mail server or the SMS gateway hangs, drips, refuses, takes a message without an answer, answers nonsense or without end, or sends back later',
    holds:
      'each try ends after 30 s of silence and within a minute in all, other messages go on meanwhile, nothing is lost; a copy has the Message-ID or the reference of the first',
  },
  'R-07': {
    fault:
      'FranceConnect answers badly, with forged tokens, too much or too late, answers nothing, or takes no connections',
    holds:
      'people are told, with a way on, and nothing is left of it; the way by card is not touched, the memory grows by 30 MB at most; the button says so after 5 failures, one request tries again',
  },
  'R-08': {
    fault: 'The same person on two nodes at once: double clicks, two tabs, the back button',
    holds: 'every counter is exact; the second form gives the result of the first, not an error',
  },
  'R-09': {
    fault: 'The disk of the log is full, then that of the database',
    holds:
      'all goes on without a log, lost lines are counted; writes are refused cleanly, pages are read, all goes on without repair once there is room',
  },
  'R-10': {
    fault: 'The clock jumps by an hour or by ten years, or summer time begins or ends',
    holds:
      'no session comes back to life, none ends early; what was used stays used; nothing is deleted because of a wrong clock',
  },
  'R-11': {
    fault: 'A thousand clients send their headers or bodies a byte at a time, or do not read',
    holds: 'others are answered within 500 ms (p99), the slow connections are closed within 16 s',
  },
  'R-12': {
    fault: 'Requests are oversized or malformed',
    holds: 'refused (4xx) within 100 ms, 20 MB more memory at most, no process ends',
  },
  'R-13': {
    fault: 'Ten times more people arrive than can be served',
    holds:
      'at least 80 % of what it can do is done, those let in are answered within 2 s (p99), others are asked to come back within 50 ms, who is in goes first; normal again within 10 s',
  },
  'R-14': {
    fault: 'Web processes behind HAProxy and nginx are restarted in turn, at 100 requests a second',
    holds: 'no request fails; each process stops within 15 s and says first that it is not ready',
  },
  'R-15': {
    fault: 'Hours of half load',
    holds: 'memory grows by less than 1 MB an hour, open files do not',
    elsewhere: '`npm run bench -- --soak 30`',
  },
  'R-16': {
    fault: 'The database is lost: it is restored into an empty server, as it was at a chosen second',
    holds:
      'at most 60 s are lost, back within 15 min; every table as it was, who was erased since is erased again, no mail goes twice, the audit trail verifies',
  },
  'R-17': {
    fault: 'A migration runs under load, with the old and the new program side by side',
    holds: 'no answer is a 5xx, no lock is waited for longer than 200 ms, the old program reads new rows',
  },
  'R-18': {
    fault: 'Keys are rotated under load',
    holds: 'nobody is signed out, no search fails, nothing is left under the old key',
  },
  'R-19': {
    fault: 'A job throws, takes all memory or never ends, each time that it is tried',
    holds:
      'it is tried five times at most, then is a dead letter; other jobs go on meanwhile; a process that it holds is ended',
  },
  'R-20': {
    fault: 'A million jobs wait',
    holds: 'a job is taken within 50 ms (p99), pages take 10 % longer at most',
  },
  'R-21': {
    fault: 'A wrong deployment: a missing secret, a weak hash, a database behind the program',
    holds: 'it does not start, says why in one line, and its exit status is not 0',
    elsewhere: '`test/reliability/refusal.test.ts`',
  },
  'R-22': {
    fault: 'Something on the way breaks and nobody notices',
    holds: 'an alert within 5 min',
    elsewhere: '`test/operations/alerts.test.ts` for the alerts, the canary of each batch for letters',
  },
  'R-23': {
    fault: 'The connection to the database is cut between a commit and its answer',
    holds: 'nothing lost, nothing twice, whatever is sent again; nobody is told that what was kept was not',
  },
  'R-24': {
    fault: 'What tells workers of a new mail is lost: their jobs, their connections',
    holds: 'every mail leaves within a minute, once',
  },
  'R-25': {
    fault: 'People do the steps in any order, with crashes and jumps of the clock between them',
    holds: 'the service does what a model of it in memory does, step by step',
  },
  'R-26': {
    fault: 'A web or worker process runs out of memory while it serves',
    holds:
      'only what was under way has to be sent again: no acknowledged step is lost, nothing is half done; ready again within 5 s',
  },
} as const satisfies Readonly<Record<string, Promised>>;

export type FaultId = keyof typeof promises;
