import assert from 'node:assert/strict';
import type { FastifyInstance } from 'fastify';
import { simulatorPassword } from '#src/demo/franceconnect/people/identity.ts';
import { type Seen, Visitor } from '../visitor.ts';

/** What came back from another site. */
export interface Abroad {
  readonly status: number;
  readonly location: string | null;
  readonly html: string;
}

/** Somebody who goes from the service to the provider and back: by real HTTP there, with one cookie jar each. */
export class Traveller {
  readonly here: Visitor;
  readonly #cookies = new Map<string, string>();

  constructor(app: FastifyInstance, address: string) {
    this.here = new Visitor(app, { 'x-forwarded-for': address });
  }

  /** Asks the other site, whose redirections are not followed; null when it closes the connection. */
  async abroad(url: string | URL, form?: Readonly<Record<string, string>>): Promise<Abroad | null> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie, accept: 'text/html' },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    }).catch(() => null);
    if (!response) return null;
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', ...value] = pair.split('=');
      this.#cookies.set(name, value.join('='));
    }
    return {
      status: response.status,
      location: response.headers.get('location'),
      html: await response.text(),
    };
  }

  /** As far as the button of the service leads: the address at the provider, or a page of ours. */
  async leaves(purpose: 'creation' | 'connexion' = 'creation'): Promise<Seen> {
    return this.here.get(`/franceconnect/connexion?pour=${purpose}`);
  }

  /** Through the simulator's pages as that person; the address that the browser is sent back to, not yet visited. */
  async passes(start: string | null, identifiant: string): Promise<string> {
    if (!start?.startsWith('http')) throw new Error(`Sent to ${start}`);
    const asked = await this.abroad(start);
    if (asked?.location?.includes('/franceconnect/retour')) return asked.location;
    const page = new URL(asked?.location ?? '', start);
    for (const form of [
      null,
      { action: 'connexion', identifiant, motDePasse: simulatorPassword },
      null,
      { action: 'continuer' },
    ]) {
      const seen = await this.abroad(page, form ?? undefined);
      if (seen?.location?.includes('/api/v2/authorize/')) {
        const back = await this.abroad(seen.location);
        assert.ok(back?.location, `${back?.status}`);
        return back.location;
      }
    }
    throw new Error('The simulator does not let this person go');
  }

  /** Comes back to the service, and goes where it leads. */
  async returns(address: string): Promise<Seen> {
    const { pathname, search } = new URL(address);
    const seen = await this.here.get(pathname + search);
    return seen.location?.startsWith('/') ? this.here.get(seen.location) : seen;
  }

  /** There and back. */
  async signsIn(identifiant: string, purpose: 'creation' | 'connexion' = 'creation'): Promise<Seen> {
    const { location } = await this.leaves(purpose);
    return this.returns(await this.passes(location, identifiant));
  }
}
