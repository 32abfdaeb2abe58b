import { InvalidArgumentError } from 'commander';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { withMigratedDatabase } from '#src/cli/installation.ts';
import { isUuid } from '#src/crypto/uuid.ts';

function documentId(text: string): string {
  if (!isUuid(text.toLowerCase()))
    throw new InvalidArgumentError('The id of a document is needed, as compte deposit reports it.');
  return text.toLowerCase();
}

export function addDocumentCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('document')
    .description('deposited documents')
    .command('trail')
    .description(
      'what happened to a document: deposited, told, opened, reminded, printed, posted; no personal data',
    )
    .argument('<id>', 'of the document', documentId)
    .action((id: string) =>
      run(() =>
        withMigratedDatabase(terminal, async ({ db }, { secrets }) => {
          const { showTrail } = await import('#src/cli/document/show-trail.ts');
          return showTrail(terminal, db, secrets, id);
        }),
      ),
    );
}
