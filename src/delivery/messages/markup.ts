import type { Block, Message } from '#src/delivery/messages/message.ts';
import type { Language } from '#src/texts/language.ts';
import { type Html, html, trusted } from '#src/web/html.ts';

const page =
  'margin:0 auto;padding:16px;max-width:600px;font-family:Arial,Helvetica,sans-serif;font-size:18px;line-height:1.5';
const action =
  'display:inline-block;padding:12px 20px;border-radius:4px;background-color:#1d4f91;color:#ffffff;font-weight:bold;text-decoration:none';
const digits = 'font-family:Consolas,Menlo,monospace;font-size:28px;font-weight:bold;letter-spacing:2px';

/** The HTML part: no image, nothing to load, readable with every style removed. */
export function markup(language: Language, message: Message): string {
  return html`${trusted('<!DOCTYPE html>\n')}<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${message.subject}</title></head>
<body style="${page}">
<main>
<h1 style="font-size:22px">${message.subject}</h1>
${message.blocks.map(blockMarkup)}</main>
</body></html>
`.toString();
}

function blockMarkup(block: Block): Html {
  switch (block.kind) {
    case 'paragraph':
      return html`<p>${block.text}</p>\n`;
    case 'link':
      return html`<p><a href="${block.url}" style="${action}">${block.label}</a></p>
<p style="font-size:16px">${block.ifNotWorking}<br><span style="overflow-wrap:anywhere">${block.url}</span></p>\n`;
    case 'code':
      return html`<p style="${digits}">${block.code}</p>\n`;
  }
}
