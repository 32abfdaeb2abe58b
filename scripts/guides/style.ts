import { trusted } from '#src/web/html.ts';

/** Of the page and of its print, A4. */
export const style = trusted(`
  :root { color-scheme: light; }
  body { font: 1.125rem/1.5 "Open Sans", Arial, sans-serif; color: #1b1f23; max-width: 56rem; margin: 0 auto; padding: 1.5rem; }
  h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
  h2 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem; color: #0b4f5c; }
  h3 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .5rem; }
  p, ul, ol, dl { margin: 0 0 .75rem; }
  a { color: #0b4f5c; }
  .lead { font-size: 1.1875rem; }
  .note { color: #45515a; }
  .logo { float: right; max-width: 45mm; max-height: 25mm; margin: 0 0 1rem 1rem; }
  .box, .publisher, nav { border: 1px solid #8c989c; border-radius: 6px; padding: .75rem 1rem; margin: 0 0 1rem; clear: both; }
  .address { font-size: 1.375rem; font-weight: 700; }
  .boxes { list-style: none; padding: 0; }
  .boxes li { padding-left: 1.75rem; text-indent: -1.75rem; }
  .boxes li::before { content: ""; display: inline-block; width: .8rem; height: .8rem; border: 2px solid #1b1f23; margin-right: .7rem; vertical-align: -.05rem; text-indent: 0; }
  dl div { display: flex; gap: .75rem; margin: .35rem 0; }
  dt { min-width: 9.5rem; font-weight: 700; }
  dd { margin: 0; flex: 1; white-space: pre-line; }
  .blank { display: block; border-bottom: 1px dotted #1b1f23; height: 1.6rem; }
  .chapter { border-top: 4px solid #0b4f5c; padding-top: 1rem; margin-top: 2rem; }
  .step { border-top: 1px solid #8c989c; padding-top: 1rem; margin-top: 1.25rem; }
  .row { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 1.25rem; align-items: start; margin: 0 0 .75rem; }
  .computer .row { grid-template-columns: minmax(0, 1fr); gap: .5rem; }
  .does { list-style: none; padding: 0; }
  .does li { display: flex; gap: .6rem; margin: 0 0 .7rem; }
  .mark { flex: none; width: 1.75rem; height: 1.75rem; border-radius: 50%; background: #a3002b; color: #fff; font-weight: 700; line-height: 1.75rem; text-align: center; print-color-adjust: exact; }
  figure { margin: 0; }
  img { display: block; max-width: 100%; height: auto; }
  figure img { border: 1px solid #8c989c; }
  .conditions { padding-left: 1.25rem; }
  .tip { border-left: 4px solid #0b4f5c; padding: .25rem .9rem; }
  @media (max-width: 40rem) { .row { grid-template-columns: minmax(0, 1fr); } }
  @media print {
    @page { size: A4; margin: 14mm 15mm 18mm; }
    body { font-size: 12pt; max-width: none; padding: 0; }
    h1 { font-size: 24pt; }
    h2 { font-size: 18pt; break-after: avoid; }
    h3 { font-size: 14pt; break-after: avoid; }
    .lead { font-size: 13pt; }
    .note { font-size: 11pt; }
    .chapter { break-before: page; margin-top: 0; }
    .keep, .row, .box, .publisher, .remark, .tip, .conditions li { break-inside: avoid; }
    .conditions, .tip { break-before: avoid; }
    a { color: inherit; text-decoration: none; }
  }
`);
