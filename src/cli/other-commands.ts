import { addAuditCommands } from '#src/cli/audit/command.ts';
import type { CommandGroup } from '#src/cli/command-group.ts';
import { addDepositCommand } from '#src/cli/deposit/command.ts';
import { addDoctorCommand } from '#src/cli/doctor/command.ts';
import { addDocumentCommand } from '#src/cli/document/command.ts';
import { addJobsCommand } from '#src/cli/jobs/command.ts';
import { addKeysCommands } from '#src/cli/keys.ts';
import { addLettersCommands } from '#src/cli/letters/command.ts';
import { addMessagesCommands } from '#src/cli/messages/command.ts';
import { addMigrateCommand } from '#src/cli/migrate.ts';
import { addNoticesCommands } from '#src/cli/notices/command.ts';
import { addPersonCommands } from '#src/cli/person/command.ts';
import { addRegisterCommands } from '#src/cli/register/command.ts';
import { addSenderCommands } from '#src/cli/sender/command.ts';
import { addSupportCommand } from '#src/cli/support/command.ts';
import { addWorkshopCommand } from '#src/cli/workshop/command.ts';

/** Every command but those that serve, in the order of the help. */
export function addOtherCommands(group: CommandGroup): void {
  addWorkshopCommand(group);
  addMigrateCommand(group);
  addRegisterCommands(group);
  addSenderCommands(group);
  addDepositCommand(group);
  addDocumentCommand(group);
  addLettersCommands(group);
  addAuditCommands(group);
  addJobsCommand(group);
  addSupportCommand(group);
  addPersonCommands(group);
  addMessagesCommands(group);
  addNoticesCommands(group);
  addKeysCommands(group);
  addDoctorCommand(group);
}
