import type { MediaType } from '#src/archive/document.ts';
import type { DepositItem } from '#src/depot/item.ts';
import { type Refusal, refused } from '#src/depot/refusal.ts';

/** Looks a file through: its type by its content, and nothing in it that acts. */
export type FileJudge = (
  bytes: Buffer,
) => Promise<
  { readonly kind: 'fit'; readonly type: MediaType } | { readonly kind: 'unfit'; readonly reason: string }
>;

/** A file that may be kept, with the title that people read. */
export interface FitFile {
  readonly title: string;
  readonly type: MediaType;
  readonly content: Buffer;
}

/** The files of a deposit, looked through; the refusal of the first that may not be kept. */
export async function judgeFiles(item: DepositItem, judge: FileJudge): Promise<readonly FitFile[] | Refusal> {
  const fit: FitFile[] = [];
  for (const { title, file, field } of filesOf(item)) {
    const judged = await judge(file);
    if (judged.kind === 'unfit') return refused(judged.reason === 'type' ? 'file-type' : 'file-unfit', field);
    if (item.kind === 'document' && judged.type !== 'application/pdf') return refused('file-type', field);
    fit.push({ title, type: judged.type, content: file });
  }
  return fit;
}

function filesOf(item: DepositItem) {
  if (item.kind === 'document')
    return [{ title: item.document.title, file: item.document.file, field: 'document.file' }];
  if (item.kind !== 'message') return [];
  return item.message.attachments.map((attachment, index) => ({
    ...attachment,
    field: `message.attachments.${index}.file`,
  }));
}
