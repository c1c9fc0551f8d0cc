// The HTML brief is one file that opens offline, for everyone, and prints whole.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import {
  SCHEMES,
  accessible,
  after,
  before,
  describe,
  fits,
  folder,
  launch,
  open,
  plain,
  print,
  quiet,
  rapporteur,
  stories,
  test,
} from './harness.js';

/** What can be mailed without a second thought. */
const LIMIT = 400 * 1024;

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const story of stories()) {
  describe(`brief of ${story.name}`, story.skip, () => {
    const file = path.join(folder(), 'brief.html');
    const url = pathToFileURL(file).href;
    before(() => rapporteur('brief', story.input, '--format', 'html', '--out', file));

    test('is small enough to be mailed', () => {
      const { size } = statSync(file);
      assert.ok(size < LIMIT, `${size} bytes`);
    });

    test('opens offline and asks for nothing', async () => {
      const page = await open(browser);
      await page.context().setOffline(true);
      await page.goto(url);
      assert.equal(await page.locator('h1').count(), 1);
      assert.notEqual(await page.title(), '');
      assert.deepEqual(page.requests, [url]);
      quiet(page);
      await page.context().close();
    });

    for (const colorScheme of SCHEMES) {
      test(`passes axe in the ${colorScheme}`, async () => {
        const page = await open(browser, { colorScheme });
        await page.goto(url);
        await accessible(page);
        quiet(page);
        await page.context().close();
      });
    }

    test('fits a window of 360 px, folded and unfolded', async () => {
      const page = await open(browser, { viewport: { width: 360, height: 740 } });
      await page.goto(url);
      await fits(page);
      await page.evaluate(() => document.querySelectorAll('details').forEach((d) => (d.open = true)));
      await fits(page, 'everything unfolded');
      await page.context().close();
    });

    test('is worked with the keyboard', async () => {
      const page = await open(browser);
      await page.goto(url);
      await tabTo(page, 'summary');
      const first = page.locator('summary').first();
      assert.ok(await first.evaluate((e) => e === document.activeElement), 'the first that Tab reaches is the first there is');
      await page.keyboard.press('Enter');
      assert.equal(await first.evaluate((e) => e.parentElement.open), true);
      assert.ok(await page.locator('details[open] .accounts').first().isVisible());
      await page.keyboard.press('Enter');
      assert.equal(await first.evaluate((e) => e.parentElement.open), false);
      await page.context().close();
    });

    test('prints what is folded too', async () => {
      const page = await open(browser);
      await page.goto(url);
      const folded = await page.evaluate(() => ({
        words: document.querySelector('.saying .account blockquote').textContent,
        place: document.querySelector('.saying .account .src').textContent,
        last: [...document.querySelectorAll('.account blockquote')].at(-1).textContent,
      }));
      const { bytes, sheets, text } = await print(page);
      assert.ok(sheets > 0 && bytes.length > 10_000, `${sheets} sheets, ${bytes.length} bytes`);
      if (text !== null) {
        const printed = plain(text);
        for (const [name, words] of Object.entries(folded)) {
          assert.ok(printed.includes(plain(words)), `${name} of a folded account is not printed: ${words}`);
        }
      }
      await page.context().close();
    });
  });
}

/** Presses Tab until something of this kind has the focus. */
async function tabTo(page, selector) {
  for (let pressed = 0; pressed < 200; pressed++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
  }
  assert.fail(`200 times Tab never came to ${selector}`);
}
