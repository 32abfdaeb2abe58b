/** Thrown where a database is another installation's; one line for each thing, naming the setting. */
export class OtherInstallation extends Error {
  override readonly name = 'OtherInstallation';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}
