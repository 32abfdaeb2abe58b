import type { CommandGroup } from '#src/cli/command-group.ts';

const idHelp = 'the id of a message, as listed';

/** What people write to a caisse, for its operators, until agents have a console. */
export function addMessagesCommands({ program, terminal, run }: CommandGroup): void {
  const messages = program
    .command('messages')
    .description(
      'messages of people that wait for an answer: when, to whom, until when; nothing of their content',
    )
    .option('--sender <code>', 'only those to this sender: compte sender list')
    .action((options: { sender?: string }) =>
      run(async () => {
        const { listMessages } = await import('#src/cli/messages/list.ts');
        return listMessages(terminal, options.sender);
      }),
    );

  messages
    .command('show')
    .description('the text of one message and of its thread: personal, and shown to nobody else')
    .argument('<id>', idHelp)
    .option('--files <folder>', 'save the attachments of the message there')
    .action((id: string, options: { files?: string }) =>
      run(async () => {
        const { showMessage } = await import('#src/cli/messages/show.ts');
        return showMessage(terminal, id, options.files ?? null);
      }),
    );

  messages
    .command('take')
    .description('tell the person that somebody takes care of their message')
    .argument('<id>', idHelp)
    .action((id: string) =>
      run(async () => {
        const { takeMessage } = await import('#src/cli/messages/take.ts');
        return takeMessage(terminal, id);
      }),
    );

  messages
    .command('answer')
    .description('answer a message; the person is told by mail that something has come')
    .argument('<id>', idHelp)
    .argument(
      '[file]',
      'plain text in UTF-8, a blank line between paragraphs; standard input without it',
      '-',
    )
    .option('--attach <file...>', 'PDF, JPEG or PNG, 10 MB and five at most: judged as files of people are')
    .action((id: string, file: string, options: { attach?: string[] }) =>
      run(async () => {
        const { answerMessage } = await import('#src/cli/messages/answer.ts');
        return answerMessage(terminal, id, file, options.attach ?? []);
      }),
    );
}
