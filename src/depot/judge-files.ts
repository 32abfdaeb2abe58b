import type { DepositItem } from '#src/depot/item.ts';
import { type Refusal, refused, refusedFile } from '#src/depot/refusal.ts';
import type { JudgeFile } from '#src/files/judge-file.ts';
import type { MediaType } from '#src/files/media-type.ts';

/** A file that may be kept, with the title that people read. */
export interface FitFile {
  readonly title: string;
  readonly type: MediaType;
  readonly content: Buffer;
}

/** The files of a deposit, looked through; the refusal of the first that may not be kept. */
export async function judgeFiles(item: DepositItem, judge: JudgeFile): Promise<readonly FitFile[] | Refusal> {
  const fit: FitFile[] = [];
  for (const { title, file, field } of filesOf(item)) {
    const judged = await judge(file);
    if (judged.kind === 'later') return refused('file-later', field);
    if (judged.kind === 'unfit') return refusedFile(judged.reason, field);
    if (item.kind === 'document' && judged.type !== 'application/pdf') return refused('file-not-pdf', field);
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
