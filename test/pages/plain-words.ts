import type { State } from './world.ts';

/** A sentence that somebody reads, and the kind of element in which it stands. */
export interface Sentence {
  readonly text: string;
  /** `title`: headings and the title of the window; `button`: buttons and links that look like one. */
  readonly in: 'title' | 'button' | 'text';
}

/**
 * The sentences of a page. Blocks end a sentence, inline elements do not. What somebody typed, names and drawings are no
 * sentences of ours.
 */
export function sentencesOf({ seen }: State): readonly Sentence[] {
  const page = seen.html
    .replace(/<(script|style|svg|select|textarea)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*\blang="(?!fr)[^"]*"[^>]*>[^<]*/g, ' ')
    .replace(/<span class="govuk-visually-hidden">[^<]*<\/span>/g, ' ')
    .replace(/<aside class="demo-[\s\S]*?<\/aside>/g, ' ');
  const sentences: Sentence[] = [];
  for (const block of page.split(
    /<\/?(?:html|head|body|title|main|header|footer|nav|section|aside|div|form|fieldset|legend|label|p|h\d|ul|ol|li|dl|dt|dd|details|summary|table|thead|tbody|tr|th|td|caption|button|figure|figcaption|br|hr|input|template|slot)\b/,
  )) {
    const text = plainOf(block.replace(/^[^>]*>/, ''));
    const kind = kindOf(page, block);
    for (const sentence of text.split(/(?<=[.!?…:])\s+(?=[\p{Lu}«\d])/u))
      if (/\p{L}/u.test(sentence)) sentences.push({ text: sentence.trim(), in: kind });
  }
  return sentences;
}

function kindOf(page: string, block: string): Sentence['in'] {
  const at = page.indexOf(block);
  const opening = page.slice(page.lastIndexOf('<', at - 1), at);
  if (/^<(h\d|title|legend|summary)$/.test(opening)) return 'title';
  return opening === '<button' || /^[^>]*govuk-button/.test(block) ? 'button' : 'text';
}

function plainOf(markup: string): string {
  return markup
    .replace(/<[^>]+>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/[ \n\t]+/g, ' ');
}

/** Words as they are read: what non-breaking spaces hold together (a date, a number) is one. */
export function wordsIn(sentence: string): number {
  return sentence.split(' ').filter((word) => /[\p{L}\d]/u.test(word)).length;
}
