import type { PaperDocument } from '#src/documents/paper.ts';
import type { PdfPress } from '#src/documents/pdf/press.ts';
import type { PdfOptions, writePdf } from '#src/documents/pdf/write.ts';
import { common } from '#src/texts/common.ts';
import type { Language } from '#src/texts/language.ts';

/** A press whose documents say, on each page and in their title, that they are an exercise. */
export function pressOfExercise(press: PdfPress): PdfPress {
  return {
    write: (documents, options, who) => press.write(documents, marked(options, languageOf(documents)), who),
    close: press.close,
  };
}

/** The same for what writes several documents as one file. */
export function writingOfExercise(write: typeof writePdf): typeof writePdf {
  return (documents, options) => write(documents, marked(options, languageOf(documents)));
}

function languageOf(documents: PaperDocument | readonly PaperDocument[]): Language {
  const [first] = 'id' in documents ? [documents] : documents;
  return first?.language ?? 'fr';
}

function marked(options: PdfOptions, language: Language): PdfOptions {
  const { title, short } = common[language].invented.exercise;
  return { ...options, title: title + options.title, band: short };
}
