import assert from 'node:assert/strict';
import { type Seen, Visitor } from '../visitor.ts';
import type { TestApp } from './application.ts';
import { sentDuring } from './statements.ts';

/** A visitor who notes how many SQL statements each page and form sends, `begin` and `commit` included. */
export class Counted {
  readonly #visitor: Visitor;
  readonly costs: [page: string, statements: number][] = [];

  constructor({ app }: TestApp) {
    this.#visitor = new Visitor(app);
  }

  get total(): number {
    return this.costs.reduce((sum, [, statements]) => sum + statements, 0);
  }

  /** What nobody counts. */
  async begin(story: (visitor: Visitor) => Promise<unknown>): Promise<void> {
    await story(this.#visitor);
  }

  async get(path: string, status = 200): Promise<Seen> {
    return this.#counted(`GET ${patternOf(path)}`, status, () => this.#visitor.get(path));
  }

  /** The page of a form, then the form. */
  async answer(path: string, fields: Record<string, string> = {}): Promise<void> {
    await this.get(path);
    await this.send(path, fields);
  }

  async send(path: string, fields: Record<string, string> = {}, status = 303): Promise<Seen> {
    return this.#counted(`POST ${patternOf(path)}`, status, () => this.#visitor.post(path, fields));
  }

  async #counted(page: string, status: number, ask: () => Promise<Seen>): Promise<Seen> {
    const answers: Seen[] = [];
    const sent = await sentDuring(async () => answers.push(await ask()));
    const [seen] = answers;
    assert.ok(seen);
    assert.equal(seen.status, status, `${page}: ${seen.title}`);
    this.costs.push([page, sent.length]);
    return seen;
  }
}

/** The address of a page without the token of a link, and without what FranceConnect adds. */
function patternOf(path: string): string {
  return path.replace(/\/[\w-]{43,}/, '/:token').replace(/\?(?!pour=).*/, '');
}
