import type { CommandGroup } from '#src/cli/command-group.ts';

export function addDoctorCommand({ program, terminal, run }: CommandGroup): void {
  program
    .command('doctor')
    .description(
      'check the installation: configuration, database, keys, policy, mail, FranceConnect, clock, ports',
    )
    .action(() =>
      run(async () => {
        const { examine } = await import('#src/cli/doctor/examine.ts');
        return examine(terminal);
      }),
    );
}
