/** The types of file that people and senders may give us, each told by its content. */
export const mediaTypes = ['application/pdf', 'image/jpeg', 'image/png'] as const;
export type MediaType = (typeof mediaTypes)[number];

/** How the names of such files end. */
export const extensions: Readonly<Record<MediaType, string>> = {
  'application/pdf': 'pdf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
};

/** 10 MB: the largest file that is accepted from anybody. */
export const mostFileBytes = 10 * 1024 * 1024;

const signatures: readonly (readonly [MediaType, Buffer])[] = [
  ['application/pdf', Buffer.from('%PDF-')],
  ['image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
  ['image/png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
];

/** The type of a file by its first bytes, whatever its name says; null for any other type. */
export function mediaType(bytes: Buffer): MediaType | null {
  return signatures.find(([, start]) => bytes.subarray(0, start.length).equals(start))?.[0] ?? null;
}

const endOfPdf = Buffer.from('%%EOF');
const endOfZip = Buffer.from('PK\u0005\u0006', 'latin1');
const entryOfZip = Buffer.from('PK\u0001\u0002', 'latin1');
const startOfPage = /<(?:!doctype|html|head|body|script|iframe|svg)\b/i;
/** The end of a zip archive, and the longest comment that may follow it. */
const zipEndBytes = 22;
const longestZipComment = 65_535;

/**
 * Whether a file could also be read as another one: a PDF whose header stands later in a picture, anything after the end
 * of a PDF or of a PNG, a zip archive at the end, a page of the web at the beginning. Pictures of telephones may carry data
 * after their end, so that a JPEG is searched only for the others.
 */
export function isSeveralFiles(bytes: Buffer, type: MediaType): boolean {
  if (endsAsZip(bytes) || startOfPage.test(bytes.toString('latin1', 0, 1_024))) return true;
  switch (type) {
    case 'application/pdf': {
      const end = bytes.lastIndexOf(endOfPdf);
      return end >= 0 && !isBlank(bytes.subarray(end + endOfPdf.length));
    }
    case 'image/png':
      return hasPdfHeader(bytes) || !bytes.subarray(-8, -4).equals(Buffer.from('IEND'));
    case 'image/jpeg':
      return hasPdfHeader(bytes);
  }
}

/** Readers of PDF look for its header in the first 1024 bytes. */
function hasPdfHeader(bytes: Buffer): boolean {
  return bytes.subarray(0, 1_024 + 5).includes('%PDF-');
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0 || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/**
 * Readers of zip archives search for the end of one from the end of the file. For most of them its comment must reach
 * exactly there; others are content with a list of entries that ends where the end begins.
 */
function endsAsZip(bytes: Buffer): boolean {
  const first = Math.max(0, bytes.length - zipEndBytes - longestZipComment);
  for (let at = bytes.lastIndexOf(endOfZip); at >= first; at = bytes.lastIndexOf(endOfZip, at - 1)) {
    if (at + zipEndBytes <= bytes.length) {
      const list = at - bytes.readUInt32LE(at + 12);
      if (at + zipEndBytes + bytes.readUInt16LE(at + 20) === bytes.length) return true;
      if (list >= 0 && bytes.subarray(list, list + 4).equals(entryOfZip)) return true;
    }
    if (at === 0) return false;
  }
  return false;
}
