import { typeAndSize } from '#src/account/file-words.ts';
import { writeTexts } from '#src/account/messages/texts.ts';
import { longestField } from '#src/account/messages/writing/form.ts';
import { mostFiles, type Taken } from '#src/account/messages/writing/take-file.ts';
import type { Draft } from '#src/archive/draft.ts';
import { mediaTypes } from '#src/files/media-type.ts';
import { button } from '#src/web/components/button.ts';
import { fileInput, textarea } from '#src/web/components/input.ts';
import { problemOf } from '#src/web/forms/form-page.ts';
import { type Html, html } from '#src/web/html.ts';
import type { Problem, Shown, Typed } from '#src/web/page.ts';
import type { Visit } from '#src/web/visit.ts';

/** The text of a message, the files that were added to it, and the buttons. */
export function writeFields(
  visit: Visit,
  { typed, problems }: Shown,
  { drafts, messageId, label, send }: WriteFields,
): Html {
  const t = writeTexts[visit.voice];
  const text = typed.lines('texte').slice(0, longestField);
  return html`<input type="hidden" name="message" value="${messageId}">${enterKey(t.keep)}
    ${textarea(visit, { name: 'texte', label, hint: t.textHint, rows: 8, value: text, error: problemOf(problems, 'texte') })}
    ${drafts.length > 0 && addedFiles(visit, drafts)}
    ${fileInput(visit, {
      ...{ name: 'pieces', label: t.file, required: false, multiple: true },
      hint: drafts.length >= mostFiles ? t.fileFull : t.fileHint,
      accept: mediaTypes.join(),
      error: problemOf(problems, 'pieces'),
    })}
    ${button({ text: t.add, style: 'secondary', name: 'ajouter', value: 'oui' })}
    <p class="govuk-body">${t.kept}</p>
    ${button({ text: send, name: 'envoyer', value: 'oui' })}`;
}

/**
 * What the Enter key presses on a form of several buttons: browsers take the first one. It neither sends half a message
 * nor removes the first file.
 */
function enterKey(text: string): Html {
  return html`<button type="submit" name="garder" value="oui" class="govuk-visually-hidden" tabindex="-1" aria-hidden="true">${text}</button>`;
}

/** Whether the form was sent to go on writing: to add a file, to remove one, or by the Enter key. */
export function goesOnWriting(typed: Typed): boolean {
  return ['ajouter', 'retirer', 'garder'].some((name) => typed.has(name));
}

export interface WriteFields {
  readonly drafts: readonly Draft[];
  /** The id that the message will have. */
  readonly messageId: string;
  readonly label: string;
  readonly send: string;
}

function addedFiles(visit: Visit, drafts: readonly Draft[]): Html {
  const t = writeTexts[visit.voice];
  const items = drafts.map(
    (draft) =>
      html`<li>${draft.title} (${typeAndSize(draft, visit.voice)})<br>${button({
        ...({ style: 'secondary', name: 'retirer', value: draft.id } as const),
        text: html`${t.remove}<span class="govuk-visually-hidden"> ${t.removeHidden(draft.title)}</span>`,
      })}</li>`,
  );
  return html`<h2 class="govuk-heading-s">${t.added}</h2><ul class="govuk-list govuk-list--bullet">${items}</ul>`;
}

/** Why files were not added, on their field. */
export function fileProblems(visit: Visit, files: readonly Taken[]): readonly Problem[] {
  const t = writeTexts[visit.voice];
  return files.flatMap((file) =>
    file.kind === 'not-kept' ? [{ field: 'pieces', text: t.notTaken(file.title, t.why[file.why]) }] : [],
  );
}
