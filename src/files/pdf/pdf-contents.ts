/** What makes a PDF unfit to be passed on. */
export type PdfProblem =
  /** JavaScript, anywhere in it. */
  | 'scripts'
  /** It starts a program, opens another file, sends a form, or acts by itself when it is opened. */
  | 'actions'
  /** Other files are embedded in it. */
  | 'embedded-files'
  /** A form in XFA, a second document that other programs show. */
  | 'xfa'
  /** Sound, film, 3D. */
  | 'media'
  | 'encrypted'
  | 'damaged'
  /** Too many objects, or more than a reader of documents should need to unpack. */
  | 'too-complex'
  | 'too-slow';

const unfitKeys: ReadonlyMap<string, PdfProblem> = new Map([
  ['/JS', 'scripts'],
  ['/JavaScript', 'scripts'],
  ['/AA', 'actions'],
  ['/FFilter', 'actions'],
  ['/EF', 'embedded-files'],
  ['/EmbeddedFiles', 'embedded-files'],
  ['/Collection', 'embedded-files'],
  ['/XFA', 'xfa'],
  ['/RichMediaContent', 'media'],
  ['/RichMediaSettings', 'media'],
  ['/3DD', 'media'],
  ['/Encrypt', 'encrypted'],
]);

const unfitValues: ReadonlyMap<string, PdfProblem> = new Map([
  ['/JavaScript', 'scripts'],
  ['/Launch', 'actions'],
  ['/SubmitForm', 'actions'],
  ['/ImportData', 'actions'],
  ['/GoToR', 'actions'],
  ['/GoToE', 'actions'],
  ['/EmbeddedFile', 'embedded-files'],
  ['/FileAttachment', 'embedded-files'],
  ['/Rendition', 'media'],
  ['/Movie', 'media'],
  ['/Sound', 'media'],
  ['/RichMedia', 'media'],
  ['/RichMediaExecute', 'media'],
  ['/3D', 'media'],
  ['/GoTo3DView', 'media'],
]);

/** More than any letter, statement or scan of 10 MB has. */
const mostObjects = 50_000;

/** Reads what qpdf says of a PDF, line by line. */
export interface PdfReading {
  /** The first problem that a line shows; null: none so far. */
  readonly line: (text: string) => PdfProblem | null;
  /** What only the whole shows, after the last line. */
  readonly end: () => PdfProblem | null;
}

/**
 * Reads the JSON of qpdf (version 2), as it prints it: each key and each value on a line of its own. Names are as qpdf
 * understood them, whatever escapes, object streams or filters they were written with; strings begin with another letter
 * than names, so that no text can be mistaken for one. Looks at the beginning of each line only.
 */
export function readPdfJson(): PdfReading {
  /** The object that a line belongs to, as others refer to it. */
  let object = '';
  /** Objects that are actions other than to go to a page. */
  const actions = new Set<string>();
  let opensWith: string | null = null;
  /** Within an action that is written in the catalogue itself: how far it is indented. */
  let openIndent: number | null = null;

  function opening(value: string, indent: number): void {
    if (value === '{') openIndent = indent;
    else opensWith = /^"(\d{1,10} \d{1,10} R)",?$/.exec(value)?.[1] ?? null;
  }

  /** The kind of an action: of one that is an object of its own, or of the one that opens the document. */
  function kindOfAction(name: string | undefined, indent: number): PdfProblem | null {
    if (name === '/GoTo') return null;
    actions.add(object);
    return openIndent !== null && indent > openIndent ? 'actions' : null;
  }

  return {
    line(text) {
      const line = text.trimStart();
      const indent = text.length - line.length;
      const key = /^"([^"\\]{1,64})": /.exec(line)?.[1];
      const value = key === undefined ? line : line.slice(key.length + 4);
      const name = /^"(\/[^"\\]{1,64})",?$/.exec(value)?.[1];
      if (openIndent !== null && indent <= openIndent) openIndent = null;
      if (key?.startsWith('obj:')) object = key.slice(4);
      if (key === '/OpenAction') opening(value, indent);
      if (key === 'maxobjectid' && Number.parseInt(value, 10) > mostObjects) return 'too-complex';
      if (key === 'encrypted' && value.startsWith('true')) return 'encrypted';
      const problem = unfitKeys.get(key ?? '') ?? unfitValues.get(name ?? '') ?? null;
      return problem ?? (key === '/S' ? kindOfAction(name, indent) : null);
    },
    end: () => (opensWith !== null && actions.has(opensWith) ? 'actions' : null),
  };
}
