/** Thrown when a database belongs to another installation; each problem is a line that names the setting. */
export class OtherInstallation extends Error {
  override readonly name = 'OtherInstallation';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}
