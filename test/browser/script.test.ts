import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { personNamed } from '#src/fictitious/people.ts';
import { paths } from '#src/paths.ts';
import { openAccountOf, signedInVisitor } from '../setting/account.ts';
import { type TestApp, testApp } from '../setting/application.ts';
import { agree, choosePassword, goodPassword, identify } from '../steps.ts';
import { Visitor } from '../visitor.ts';
import { follow } from './follow.ts';
import { sharedChromium } from './shared.ts';
import { watch } from './watch.ts';

const venturi = personNamed('venturi');

interface Open {
  readonly site: TestApp;
  readonly page: Page;
  readonly faults: readonly string[];
  /** The browser goes on where somebody without a browser has come. */
  resume(visitor: Visitor): Promise<void>;
}

/** The site on a real port, and a page of a browser whose clock the test moves. */
async function open(t: TestContext): Promise<Open> {
  const site = await testApp(t);
  await site.app.listen({ port: 0, host: '127.0.0.1' });
  const [address] = site.app.addresses();
  assert.ok(typeof address === 'object');
  const baseURL = `http://localhost:${address.port}`;
  const context = await (await sharedChromium()).newContext({ baseURL });
  t.after(() => context.close());
  const { faults } = watch(context, baseURL);
  const page = await context.newPage();
  await page.clock.install({ time: site.clock.now() });
  return {
    site,
    page,
    faults,
    resume: ({ cookies }) =>
      context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: baseURL }))),
  };
}

test('month and year come from the number, never wrongly, and never over what was typed', async (t) => {
  const { page, faults } = await open(t);
  await page.goto(paths.identity);
  const [nir, day, month, year] = [
    'nir',
    ...['jour', 'mois', 'annee'].map((part) => `dateNaissance-${part}`),
  ].map((name) => page.locator(`[name=${name}]`));
  assert.ok(nir && day && month && year);
  const proposed = async (number: string) => {
    await nir.fill(number);
    await nir.blur();
    return [await month.inputValue(), await year.inputValue()];
  };
  for (const [cle, expected] of Object.entries({
    venturi: ['12', '1962'],
    'corse-2a': ['05', '1985'],
    'mois-20': ['', personNamed('mois-20').line.birthDate.slice(0, 4)],
    'mois-31': ['', personNamed('mois-31').line.birthDate.slice(0, 4)],
    'mois-62': ['', personNamed('mois-62').line.birthDate.slice(0, 4)],
  }))
    assert.deepEqual(await proposed(personNamed(cle).line.nir), expected, cle);
  assert.deepEqual(await proposed('1 62 12 2b 010 001'), ['12', '1962'], 'spaces and lower case');
  assert.deepEqual(await proposed('162122B01'), ['12', '1962'], 'an unfinished number changes nothing');
  assert.match((await page.locator('[data-prefill-from]').textContent()) ?? '', /Vérifiez/, 'it is said');
  await month.fill('11');
  assert.deepEqual(await proposed('2690549588157'), ['11', '1962'], 'what was typed stays, whole');
  assert.equal(await day.inputValue(), '');
  assert.deepEqual(faults, []);
});

test('a press on the button right after the number is typed sends the form', async (t) => {
  const { page, faults } = await open(t);
  await page.goto(paths.identity);
  await page.locator('[name=nir]').pressSequentially(venturi.line.nir);
  const hint = page.locator('[data-prefill-from]');
  assert.match(
    (await hint.textContent()) ?? '',
    /Vérifiez/,
    'said before the field is left: nothing moves then',
  );
  const answered = page.waitForEvent('load');
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await answered;
  assert.match(await page.title(), /^Erreur/);
  assert.deepEqual(faults, []);
});

test('what the page filled from a wrong number follows the right one, also after a refusal', async (t) => {
  const { page, faults } = await open(t);
  const wrong = personNamed('corse-2a').line;
  const { line } = venturi;
  const [, , day = ''] = line.birthDate.split('-');
  const field = (name: string) => page.locator(`[name=${name}]`);
  const shown = async () => [
    await field('dateNaissance-mois').inputValue(),
    await field('dateNaissance-annee').inputValue(),
  ];
  const type = async (name: string, text: string) => {
    await field(name).fill(text);
    await field(name).blur();
  };
  const send = async () => {
    const answered = page.waitForEvent('load');
    await page.getByRole('button', { name: 'CONTINUER' }).click();
    await answered;
  };
  await page.goto(paths.identity);
  await type('nom', line.birthName);
  await type('nir', wrong.nir);
  await type('dateNaissance-jour', day);
  await type('codePostal', line.postalCode);
  assert.deepEqual(await shown(), ['05', '1985']);
  // refused: somebody else’s number, then one that is not whole
  await send();
  assert.deepEqual(await shown(), ['05', '1985'], 'the page comes back as it was sent');
  await type('nir', line.nir.slice(0, 9));
  await send();
  assert.deepEqual(await shown(), ['05', '1985']);
  await type('nir', line.nir);
  assert.deepEqual(await shown(), ['12', '1962'], 'month and year are those of the corrected number');

  // what the person changed stays, whatever number follows, also after a refusal
  await type('nir', wrong.nir);
  assert.deepEqual(await shown(), ['05', '1985']);
  await type('dateNaissance-mois', '11');
  await send();
  await type('nir', line.nir);
  assert.deepEqual(await shown(), ['11', '1985']);

  // what was typed before any number, and happens to be what a wrong number says, is the person’s
  await page.goto(paths.home);
  await page.goto(paths.identity);
  await type('dateNaissance-mois', '05');
  await type('dateNaissance-annee', '1985');
  await type('nir', wrong.nir);
  await send();
  await type('nir', line.nir);
  assert.deepEqual(await shown(), ['05', '1985']);

  // emptied, the fields are proposed again; and the corrected form is recognised
  await type('dateNaissance-mois', '');
  await type('dateNaissance-annee', '');
  await type('nom', line.birthName);
  await type('nir', `${line.nir} `);
  assert.deepEqual(await shown(), ['12', '1962']);
  await type('dateNaissance-jour', day);
  await type('codePostal', line.postalCode);
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.waitForURL(`**${paths.proof}`);
  assert.deepEqual(faults, []);
});

test('a refused form puts the focus on what was refused, whose links lead to the fields', async (t) => {
  const { page, faults } = await open(t);
  await page.goto(paths.identity);
  const refused = page.waitForEvent('load');
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await refused;
  const focused = () => page.evaluate<string>('document.activeElement.className + document.activeElement.id');
  assert.match(await focused(), /govuk-error-summary/);
  await page.getByRole('link', { name: 'Écrivez votre code postal' }).click();
  assert.match(await focused(), /codePostal$/);
  assert.deepEqual(faults, []);
});

test('the end of the session is announced in time, and put off without losing what was typed', async (t) => {
  const { site, page, faults, resume } = await open(t);
  const visitor = new Visitor(site.app);
  await identify(visitor, venturi);
  await resume(visitor);
  await page.goto(paths.proof);
  const iban = page.locator('[name=iban7]');
  await iban.fill('0134784');
  const extend = page.getByRole('button', { name: 'Continuer ma session' });
  const status = page.locator('.session-end [role=status]');
  assert.equal(await extend.isVisible(), false);
  for (let i = 0; i < 3; i++) {
    await iban.focus();
    await page.clock.runFor(12 * 60_000 + 35_000);
    site.clock.advance(12 * 60_000 + 35_000);
    assert.equal(await extend.isVisible(), true, 'two and a half minutes before the end');
    assert.equal(await page.getByRole('heading', { name: 'Fin de la session' }).isVisible(), true);
    assert.match(
      (await status.textContent()) ?? '',
      /bientôt.*moins de 3 minutes.*«\u00a0Continuer ma session/,
    );
    assert.match((await page.locator('.session-end strong').textContent()) ?? '', /2 min/);
    await extend.focus();
    await extend.press('Enter');
    await extend.waitFor({ state: 'hidden' });
    assert.match((await status.textContent()) ?? '', /prolongée jusqu’à/);
    assert.equal(await page.evaluate('document.activeElement.name'), 'iban7', 'the focus is where it was');
  }
  assert.equal(await iban.inputValue(), '0134784', 'nothing typed is lost');

  await t.test('at 400 % zoom the warning never covers what has the focus', async () => {
    await page.clock.runFor(12 * 60_000 + 35_000);
    site.clock.advance(12 * 60_000 + 35_000);
    for (const height of [256, 640]) {
      await page.setViewportSize({ width: 320, height });
      for (const field of await page.locator('main :is(input:not([type=hidden]), button, a)').all()) {
        if (!(await field.isVisible())) continue;
        await field.focus();
        const covered = await page.evaluate<string>(`(() => {
          const field = document.activeElement;
          const isSeen = [...field.getClientRects()].some(({ left, top, width, height }) => {
            const at = document.elementFromPoint(left + width / 2, top + height / 2);
            return at && (field.contains(at) || at.contains(field)) && !at.contains(document.querySelector('main'));
          });
          return isSeen ? '' : field.outerHTML;
        })()`);
        assert.equal(covered, '', `${height} px high`);
      }
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  // The device sleeps: no timer runs, the time of day goes on.
  await page.clock.fastForward(15 * 60_000 + 2_000);
  assert.match((await status.textContent()) ?? '', /terminée/);
  assert.equal(await extend.isVisible(), false);
  assert.match(await page.locator('main').innerText(), /session est terminée[\s\S]*est perdu/);
  assert.match(await page.title(), /^Votre session est terminée – /);
  assert.equal(await page.locator('input:not([type=hidden]), .beside').count(), 0);
  assert.doesNotMatch(await page.locator('body').innerText(), /VENTURI|IBAN/i);
  await page.getByRole('link', { name: 'Recommencer' }).click();
  assert.equal(new URL(page.url()).pathname, paths.identity);
  assert.deepEqual(faults, []);
});

test('another tab tells when the session is extended, and when its person signs out', async (t) => {
  const { site, page, faults, resume } = await open(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await resume(await signedInVisitor(site, venturi));
  await page.goto(paths.accountTelephones);
  const other = await page.context().newPage();
  await page.clock.fastForward(10 * 60_000);
  site.clock.advance(10 * 60_000);
  await other.goto(paths.account);
  await page.clock.runFor(6 * 60_000);
  assert.match(await page.locator('h1').innerText(), /téléphone/i, 'it is still open');
  await other.getByRole('banner').getByRole('button', { name: 'Se déconnecter' }).click();
  await page.getByRole('link', { name: 'Me connecter' }).waitFor();
  assert.equal(await page.locator('input:not([type=hidden])').count(), 0);
  assert.deepEqual(faults, []);
});

test('what is typed survives language, contrast, a lost network and the end of the session', async (t) => {
  const { site, page, faults, resume } = await open(t);
  const context = page.context();
  await page.goto(paths.identity);
  const field = (name: string) => page.locator(`[name=${name}]`);
  await field('nom').fill('Éléonore');
  await field('codePostal').fill('80000');
  await page.getByRole('link', { name: 'VERSION CONTRASTÉE' }).click();
  assert.equal(await page.locator('html.contraste').count(), 1, 'in place');
  assert.equal(await field('nom').inputValue(), 'Éléonore');
  await page.getByRole('link', { name: 'English' }).click();
  await page.getByRole('heading', { name: /Nothing is lost/ }).waitFor();
  assert.equal(await page.locator('html.contraste[lang=en]').count(), 1, 'both choices are kept');
  assert.deepEqual(
    [await field('nom').inputValue(), await field('codePostal').inputValue()],
    ['Éléonore', '80000'],
  );
  assert.doesNotMatch(page.url(), /80000/);
  await page.getByRole('link', { name: 'Français' }).click();
  await page.getByRole('heading', { name: /Rien n’est perdu/ }).waitFor();
  assert.equal(await field('nom').inputValue(), 'Éléonore');

  await context.setOffline(true);
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await page.getByText('Vous n’avez plus de réseau').waitFor();
  assert.equal(await field('nom').inputValue(), 'Éléonore');
  await context.setOffline(false);
  const answered = page.waitForEvent('load');
  await page.getByRole('button', { name: 'CONTINUER' }).click();
  await answered;
  assert.equal(await field('nom').inputValue(), 'Éléonore', 'sent at once, and refused: the rest is empty');

  const visitor = new Visitor(site.app);
  await choosePassword(visitor, venturi);
  await resume(visitor);
  await page.goto(paths.contact);
  await field('email').fill('venturi@exemple.fr');
  site.clock.advance(16 * 60_000);
  await page.clock.fastForward(16 * 60_000);
  await page.getByText('Ce que vous avez écrit est gardé une heure').waitFor();
  assert.doesNotMatch(await page.content(), /venturi@exemple/);
  const [draft] = (await context.cookies()).filter(({ name }) => name === 'brouillon');
  assert.ok(draft?.httpOnly && !Buffer.from(draft.value, 'base64url').includes('venturi'));
  const again = new Visitor(site.app);
  await choosePassword(again, venturi);
  await resume(again);
  await page.goto(paths.contact);
  assert.equal(await field('email').inputValue(), 'venturi@exemple.fr');
  assert.equal(await page.evaluate('localStorage.length + sessionStorage.length'), 0);
  assert.deepEqual(
    faults.filter((fault) => !/ERR_INTERNET_DISCONNECTED/.test(fault)),
    [],
  );
});

test('a form that gives a file is sent once, ready again soon, and says no longer what was refused', async (t) => {
  const { site, page, faults, resume } = await open(t);
  await openAccountOf(site, venturi, 'venturi@exemple.fr');
  await resume(await signedInVisitor(site, venturi));
  await page.goto(paths.accountCopy);
  const save = page.getByRole('button', { name: 'Enregistrer ma copie' });
  await follow(save);
  assert.match(await page.title(), /^Erreur/);
  await page.getByLabel('PDF').check();
  await page.locator('[name=motDePasseActuel]').fill(goodPassword);
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  const came = page.waitForEvent('download');
  await page.evaluate(`(() => {
    const save = document.querySelector('form[data-file] [type=submit]');
    save.click();
    save.click();
  })()`);
  assert.match((await came).suggestedFilename(), /\.pdf$/);
  assert.equal(posts, 1);
  await page.clock.runFor(2_000);
  assert.equal(await save.isVisible(), true);
  await page.waitForFunction('!document.title.startsWith("Erreur")');
  assert.equal(await page.locator('[class*=error], [aria-invalid]').count(), 0);
  assert.equal(await page.locator('main > [role=status]').textContent(), '');
  assert.deepEqual(faults, []);
});

test('a form sent twice in a hurry goes once; a password shown is hidden again when it leaves', async (t) => {
  const { site, page, faults, resume } = await open(t);
  const visitor = new Visitor(site.app);
  await agree(visitor, venturi);
  await resume(visitor);
  await page.goto(paths.password);
  const password = page.locator('[name=motDePasse]');
  await password.fill('Brouette.Lune8');
  await page.locator('[name=confirmation]').fill('Brouette.Lune8');
  await page.getByRole('button', { name: 'Afficher' }).first().click();
  await page.evaluate(`document.querySelector('[name=motDePasse]').form.addEventListener('submit', (event) => {
    window.name += event.defaultPrevented ? 'stopped ' : document.querySelector('[name=motDePasse]').type + ' ';
  })`);
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts += 1;
  });
  // Both presses in one turn: however busy the machine, the second never comes after the guard is over.
  const button = await page.evaluate<string[]>(`(() => {
    const send = document.querySelector('form [type=submit].govuk-button:not(.govuk-button--secondary)');
    send.click();
    send.click();
    return [send.getAttribute('aria-busy'), send.textContent, document.querySelector('main > [role=status]').textContent];
  })()`);
  assert.deepEqual(button, ['true', 'Envoi en cours…', 'Envoi en cours…']);
  await page.waitForURL(`**${paths.contact}`);
  assert.equal(posts, 1);
  assert.match(await page.evaluate<string>('window.name'), /^password /);
  await page.goBack();
  assert.equal(await page.locator('main [aria-busy=true]').count(), 0, 'ready again after «back»');
  assert.deepEqual(faults, []);
});
