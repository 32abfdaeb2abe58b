import { createHash } from 'node:crypto';
import { type Html, html } from '#src/web/html.ts';

/** Shows the copy buttons, which do nothing without a script, and says when something was copied. */
const text = `for (const button of document.querySelectorAll('button[data-copy]')) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
`;

const digest = createHash('sha256').update(text).digest();

/** The script of the demo’s own pages. */
export const copyScript = {
  text,
  url: `/demo/copier.${digest.toString('hex').slice(0, 12)}.js`,
  integrity: `sha256-${digest.toString('base64')}`,
};

/** A value in one piece, with a button that copies it. */
export function copyable(value: string, { copy, copied }: { copy: string; copied: string }): Html {
  return html`<span class="unbroken">${value}</span> <button type="button" class="copy" hidden data-copy="${value}" data-copied="${copied}" aria-label="${copy} ${value}">${copy}</button>`;
}
