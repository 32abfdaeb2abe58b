import { type Block, type Property, textOf, type Words } from '#src/documents/block.ts';

const width = 76;
const indent = 4;

/** The text part: lines of at most 76 characters; a link or a code stands alone on its line, at any length. */
export function plainText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'footer':
      return wrapped(block.text);
    case 'link':
    case 'page':
      return `${wrapped(block.label)}\n${block.url}`;
    case 'code':
      return `    ${block.code}`;
    case 'list':
      return block.items
        .map(({ text, address }, index) => {
          const mark = (block.style === 'numbered' ? `${index + 1}.` : '-').padEnd(indent);
          const item = mark + indented(text).trimStart();
          return address === undefined ? item : `${item}\n    ${address}`;
        })
        .join('\n');
    case 'properties':
      return [wrapped(block.caption), ...block.rows.map(propertyText)].join('\n');
    case 'table':
      return [wrapped(block.caption), ...block.rows.map((cells) => rowText(block.columns, cells))].join(
        '\n\n',
      );
    case 'address':
      return block.lines.map(indented).join('\n');
  }
}

function rowText(columns: readonly { readonly heading: string }[], cells: readonly Words[]): string {
  return columns
    .map(({ heading }, index) => propertyText({ name: heading, value: textOf(cells[index] ?? '') }))
    .join('\n');
}

function propertyText({ name, value }: Property): string {
  return `${wrapped(name)}\n${indented(value)}`;
}

function indented(text: string): string {
  return wrapped(text, width - indent).replace(/^/gm, ' '.repeat(indent));
}

/** Breaks lines at plain spaces, never at non-breaking ones. */
function wrapped(text: string, most = width): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > most) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
