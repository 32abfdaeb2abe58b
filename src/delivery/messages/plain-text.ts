import type { Block } from '#src/delivery/messages/message.ts';

/** Long enough for a sentence, short enough to be quoted in a reply. */
const width = 76;

/** The text part: lines of 76 characters at most, a link or a code alone on its line whatever its length. */
export function plainText(blocks: readonly Block[]): string {
  return `${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wrapped(block.text);
    case 'link':
      return `${wrapped(block.label)}\n${block.url}`;
    case 'code':
      return `    ${block.code}`;
  }
}

/** Breaks at plain spaces only: non-breaking ones hold. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join('\n');
}
