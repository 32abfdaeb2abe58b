/** How an exchange with PostgreSQL ended: outside a transaction nothing can undo any more what was written. */
type Ending = 'committed' | 'in-transaction' | 'failed';

/** Reads along one connection, as far as its statements go. */
export interface WireReader {
  /** The statement that is under way. */
  readonly statement: string;
  /** What the client has sent. */
  asked(chunk: Buffer): void;
  /** What the server has answered; how the exchange ended, if it did. */
  answered(chunk: Buffer): Ending | null;
}

/** Each message is a letter, its length, and what it says; only the first of a client has no letter. */
export function openReader(): WireReader {
  const statements = new Map<string, string>();
  const fromClient = openMessages(true);
  const fromServer = openMessages(false);
  let statement = '';
  let failed = false;
  return {
    get statement() {
      return statement;
    },
    asked(chunk) {
      for (const { kind, body } of fromClient(chunk)) {
        if (kind === 'Q') statement = textsOf(body)[0] ?? '';
        if (kind === 'P') {
          const [name = '', text = ''] = textsOf(body);
          statements.set(name, text);
        }
        if (kind === 'B') statement = statements.get(textsOf(body)[1] ?? '') ?? '';
      }
    },
    answered(chunk) {
      let ending: Ending | null = null;
      for (const { kind, body } of fromServer(chunk)) {
        if (kind === 'E') failed = true;
        if (kind !== 'Z') continue;
        const isIdle = body.toString('latin1') === 'I';
        ending = failed ? 'failed' : isIdle ? 'committed' : 'in-transaction';
        failed = false;
      }
      return ending;
    },
  };
}

interface Message {
  readonly kind: string;
  readonly body: Buffer;
}

function openMessages(beginsWithoutLetter: boolean): (chunk: Buffer) => readonly Message[] {
  let rest = Buffer.alloc(0);
  let lettered = !beginsWithoutLetter;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Message[] = [];
    for (;;) {
      const head = lettered ? 1 : 0;
      if (rest.length < head + 4) return messages;
      const end = head + rest.readUInt32BE(head);
      if (rest.length < end) return messages;
      const kind = lettered ? String.fromCharCode(rest[0] ?? 0) : '';
      messages.push({ kind, body: rest.subarray(head + 4, end) });
      rest = rest.subarray(end);
      lettered = true;
    }
  };
}

/** The texts at the beginning of a message, each of which ends with a zero. */
function textsOf(body: Buffer): readonly string[] {
  return body.toString('utf8').split('\0', 2);
}
