import { z } from 'zod';
import { nirIn } from '#src/civil-status/nir.ts';
import { paymentSchema } from '#src/reimbursement/payment.ts';
import { rightsSchema } from '#src/rights/rights.ts';

/** The sender’s own id of a deposit: one for each kind and person, for good. */
const reference = z.string().regex(/^[\x21-\x7e]{1,100}$/);

/** A number of 13 characters, or 15 with its key, which must be right. */
const nir = z
  .string()
  .max(40)
  .transform((typed, context) => {
    const read = nirIn(typed);
    if (read === null) context.addIssue('nir');
    return read ?? z.NEVER;
  });

const line = z.string().min(1).max(200);
const about = { id: reference, nir };

function paymentItem() {
  return z.strictObject({ kind: z.literal('payment'), ...about, payment: paymentSchema });
}

function rightsItem() {
  return z.strictObject({ kind: z.literal('rights'), ...about, rights: rightsSchema });
}

/** `file`: of each attachment, how the sender’s channel names its bytes. */
function messageItem<File extends z.ZodType>(file: File) {
  return z.strictObject({
    kind: z.literal('message'),
    ...about,
    message: z.strictObject({
      subject: line,
      /** Plain text; a blank line between paragraphs. */
      text: z.string().min(1).max(20_000),
      /** Of the message that it answers; null for the first of a thread. */
      thread: z.uuid().nullable(),
      attachments: z.array(z.strictObject({ title: line, file })).max(5),
    }),
  });
}

function documentItem<File extends z.ZodType>(file: File) {
  return z.strictObject({
    kind: z.literal('document'),
    ...about,
    document: z.strictObject({
      title: line,
      /** Whom it is about, among those insured together. */
      rank: z.int().min(1).max(19),
      /** The person must not miss it: it goes on paper when they do not read it. */
      matters: z.boolean(),
      file,
    }),
  });
}

/** The name of a file beside the deposits: no folder, nothing hidden. */
const fileName = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_. -]{0,199}$/);

/** What a sender deposits for one person, as it comes through a door: files by their names. */
export const namedItemSchema = z.discriminatedUnion('kind', [
  paymentItem(),
  rightsItem(),
  messageItem(fileName),
  documentItem(fileName),
]);

export const depositKinds = namedItemSchema.options.map(({ shape }) => shape.kind.value);

export type NamedItem = z.infer<typeof namedItemSchema>;

/** The same with the bytes of its files. */
export type DepositItem =
  | Extract<NamedItem, { kind: 'payment' | 'rights' }>
  | z.infer<ReturnType<typeof messageItem<z.ZodType<Buffer>>>>
  | z.infer<ReturnType<typeof documentItem<z.ZodType<Buffer>>>>;

/** The names of the files that an item comes with. */
export function fileNames(item: NamedItem): readonly string[] {
  if (item.kind === 'document') return [item.document.file];
  return item.kind === 'message' ? item.message.attachments.map(({ file }) => file) : [];
}

/** The item with its files; null when one of them is missing. */
export function withFiles(item: NamedItem, files: ReadonlyMap<string, Buffer>): DepositItem | null {
  if (item.kind === 'document') {
    const file = files.get(item.document.file);
    return file ? { ...item, document: { ...item.document, file } } : null;
  }
  if (item.kind !== 'message') return item;
  const attachments = item.message.attachments.flatMap(({ title, file: name }) => {
    const file = files.get(name);
    return file ? [{ title, file }] : [];
  });
  if (attachments.length < item.message.attachments.length) return null;
  return { ...item, message: { ...item.message, attachments } };
}
