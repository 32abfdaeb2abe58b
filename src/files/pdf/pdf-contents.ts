/** What makes a PDF unfit to be passed on. */
export type PdfProblem =
  /** JavaScript, anywhere in it. */
  | 'scripts'
  /**
   * It starts a program, opens or names another file, sends a form, acts by itself when it is opened, or has a link that is
   * none of the web, of mail or of a telephone.
   */
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
  // File specifications: what they name lies outside of the document.
  ['/UF', 'actions'],
  ['/FS', 'actions'],
  ['/EF', 'embedded-files'],
  ['/EmbeddedFiles', 'embedded-files'],
  ['/Collection', 'embedded-files'],
  ['/XFA', 'xfa'],
  ['/Movie', 'media'],
  ['/Sound', 'media'],
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
  // PostScript, which printers run.
  ['/PS', 'actions'],
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

/** An address of the web, of mail, of a telephone, or one without a scheme, which is no path: `www.exemple.fr`, `#page`. */
const harmlessAddress = /^(?:(?:https?|mailto|tel):|[A-Za-z0-9#?][^:\\]*$)/i;

const longestAddress = 10_000;

/** Whether a string as qpdf writes it (`u:` text, `b:` bytes) is an address that may be followed. */
function isHarmlessAddress(value: string): boolean {
  if (value.length > longestAddress) return false;
  const [, kind = '', text = ''] = /^"([ub]):((?:[^"\\]|\\.)*)",?$/.exec(value) ?? [];
  if (kind === '') return false;
  const address =
    kind === 'u' ? String(JSON.parse(`"${text}"`)) : Buffer.from(text, 'hex').toString('latin1');
  return harmlessAddress.test(address);
}

/** What is wrong with a key that is harmful by its value. */
function problemOfValue(key: string, value: string): PdfProblem | null {
  const isText = /^"[ub]:/.test(value);
  switch (key) {
    // Elsewhere the flags of an annotation, or the name of a font.
    case '/F':
      return isText ? 'actions' : null;
    // That of the whole document has a base; another one is written where it stands.
    case '/URI':
      return value === '{' || isHarmlessAddress(value) ? null : 'actions';
    case '/Base':
      return isText && !isHarmlessAddress(value) ? 'actions' : null;
    default:
      return null;
  }
}

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
  /** Within a dictionary that has a next one: how far its keys are indented. */
  let nextIndent: number | null = null;

  function opening(value: string, indent: number): void {
    if (value === '{') openIndent = indent;
    else opensWith = /^"(\d{1,10} \d{1,10} R)",?$/.exec(value)?.[1] ?? null;
  }

  /** The kind of an action: of one that is an object of its own, or of the one that opens the document. */
  function kindOfAction(name: string | undefined, indent: number): PdfProblem | null {
    // Actions in a row; what else has a next one (bookmarks) has no kind. Keys come in alphabetical order.
    if (name === '/Thread' || nextIndent === indent) return 'actions';
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
      if (nextIndent !== null && indent < nextIndent) nextIndent = null;
      if (key?.startsWith('obj:')) object = key.slice(4);
      if (key === '/OpenAction') opening(value, indent);
      if (key === '/Next') nextIndent = indent;
      if (key === 'maxobjectid' && Number.parseInt(value, 10) > mostObjects) return 'too-complex';
      if (key === 'encrypted' && value.startsWith('true')) return 'encrypted';
      const problem =
        unfitKeys.get(key ?? '') ?? unfitValues.get(name ?? '') ?? problemOfValue(key ?? '', value);
      return problem ?? (key === '/S' ? kindOfAction(name, indent) : null);
    },
    end: () => (opensWith !== null && actions.has(opensWith) ? 'actions' : null),
  };
}
