import { hash } from 'node:crypto';
import { type DepositItem, fileNames, withFiles } from '#src/depot/item.ts';
import { parseItem } from '#src/depot/read-item.ts';
import type { InventedItem } from '#src/fictitious/deposits/invent.ts';
import { inventPaper, paperNames, papersWrittenOn, paperTitle } from '#src/fictitious/deposits/papers.ts';
import type { JudgeFile, Judgement } from '#src/files/judge-file.ts';
import type { Services } from '#src/services.ts';

/** Gives invented deposits their files. */
export interface Writing {
  /** A deposit as a sender’s channel gives it. */
  filled(item: InventedItem): Promise<DepositItem>;
  /** Looks once through each file: all people get the same ones. */
  readonly judge: JudgeFile;
}

const demo = Buffer.from('demo');

/** Each file is written and judged once in a process. */
export function openWriting({ pdf, judgeFile }: Pick<Services, 'pdf' | 'judgeFile'>): Writing {
  const files = new Map<string, Buffer>();
  const judged = new Map<string, Judgement>();

  async function written(name: string): Promise<Buffer> {
    const known = files.get(name);
    const paper = paperNames.find((one) => one === name);
    if (known || !paper) return known ?? Buffer.alloc(0);
    const options = { title: paperTitle(paper), createdAt: papersWrittenOn };
    const file = await pdf.write(inventPaper(paper), options, demo);
    if (!file) throw new Error('The press is busy: the demo writes later');
    files.set(name, file);
    return file;
  }

  return {
    async filled(item) {
      const reading = parseItem(item);
      if (reading.kind === 'refused') throw new Error(`An invented deposit is refused: ${reading.code}`);
      const own = new Map<string, Buffer>();
      for (const name of fileNames(reading.item)) own.set(name, await written(name));
      const whole = withFiles(reading.item, own);
      if (!whole) throw new Error('An invented deposit lacks a file');
      return whole;
    },
    async judge(bytes, signal) {
      const name = hash('sha256', bytes);
      const judgement = judged.get(name) ?? (await judgeFile(bytes, signal));
      if (judgement.kind !== 'later') judged.set(name, judgement);
      return judgement;
    },
  };
}
