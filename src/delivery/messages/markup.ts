import type { Message } from '#src/delivery/messages/message.ts';
import { type Block, type ListItem, textOf } from '#src/documents/block.ts';
import { markFrenchWords } from '#src/texts/french-words.ts';
import type { Language } from '#src/texts/language.ts';
import { type Child, type Html, html, trusted } from '#src/web/html.ts';

const page =
  'margin:0 auto;padding:16px;max-width:600px;font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.5';
const action =
  'display:inline-block;padding:12px 20px;border-radius:4px;background-color:#1d4f91;color:#ffffff;font-weight:bold;text-decoration:none';
const digits = 'font-family:Consolas,Menlo,monospace;font-size:28px;font-weight:bold;letter-spacing:2px';
const cell = 'padding:4px 12px 4px 0;text-align:left;vertical-align:top';

/** The HTML part: it loads nothing, and stays readable without its styles. */
export function markup(language: Language, message: Message): string {
  const document =
    html`${trusted('<!DOCTYPE html>\n')}<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${message.subject}</title></head>
<body style="${page}">
<main>
<h1 style="font-size:22px">${message.subject}</h1>
${message.blocks.map(blockMarkup)}</main>
</body></html>
`.toString();
  return language === 'en' ? markFrenchWords(document) : document;
}

function blockMarkup(block: Block): Html {
  switch (block.kind) {
    case 'heading':
      return html`<h2 style="font-size:20px">${block.text}</h2>`;
    case 'paragraph':
    case 'footer':
      return html`<p>${block.text}</p>`;
    case 'link':
      return html`<p><a href="${block.url}" style="${action}">${block.label}</a></p>
<p style="font-size:16px">${block.ifNotWorking}<br><span style="overflow-wrap:anywhere">${block.url}</span></p>`;
    case 'page':
      return html`<p>${block.label}<br><a href="${block.url}" style="overflow-wrap:anywhere">${block.url}</a></p>`;
    case 'code':
      return html`<p style="${digits}">${block.code}</p>`;
    case 'list':
      return block.style === 'numbered'
        ? html`<ol>${block.items.map(itemMarkup)}</ol>`
        : html`<ul>${block.items.map(itemMarkup)}</ul>`;
    case 'properties':
      return tableMarkup(
        block.caption,
        block.rows.map(
          ({ name, value }) =>
            html`<tr><th scope="row" style="${cell}">${name}</th><td style="${cell}">${value}</td></tr>`,
        ),
      );
    case 'table': {
      const headings = block.columns.map(
        ({ heading }) => html`<th scope="col" style="${cell}">${heading}</th>`,
      );
      const rows = block.rows.map(
        (cells) => html`<tr>${cells.map((words) => html`<td style="${cell}">${textOf(words)}</td>`)}</tr>`,
      );
      return tableMarkup(block.caption, [html`<tr>${headings}</tr>`, ...rows]);
    }
    case 'address':
      return html`<p>${block.lines.map((line, index) => [index > 0 && html`<br>`, line])}</p>`;
  }
}

function itemMarkup({ text, address }: ListItem): Html {
  return html`<li>${text}${address !== undefined && html`<br><strong>${address}</strong>`}</li>`;
}

function tableMarkup(caption: string, rows: Child): Html {
  return html`<table><caption style="text-align:left;font-weight:bold">${caption}</caption><tbody>${rows}</tbody></table>`;
}
