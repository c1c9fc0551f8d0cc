// Every view of the examples and of the seeds is whole, quiet, readable for everyone, and opens its sources.

import assert from 'node:assert/strict';

import { FACTS, VIEWS, cited, examples, lit, seeds, squeezed, unfold, views } from './desk.js';
import {
  NO_SEEDS,
  SCHEMES,
  accessible,
  after,
  before,
  describe,
  fits,
  launch,
  open,
  plain,
  print,
  quiet,
  shift,
  some,
  test,
  visit,
} from './harness.js';

/** Citations that are tried in each view. */
const CITES = 12;
/** What a page may weigh before the reading pane. */
const LIMIT = 150 * 1024;
/** What browsers call a good page: below this nobody loses the line being read. */
const SHIFT = 0.1;

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

for (const [name, skip, make] of [['the examples', false, examples], ['the seeds', NO_SEEDS, seeds]]) {
  describe(`pages of ${name}`, skip, () => {
    let desk, at;
    before(async () => {
      desk = await make();
      at = views(desk);
    });
    after(() => desk?.stop());

    for (const view of VIEWS) {
      test(`${view}: one heading, no complaint, no more than a page weighs`, async () => {
        const page = await open(browser);
        await visit(page, desk.url(at[view]));
        assert.equal(await page.locator('h1').count(), 1, 'h1');
        assert.notEqual(await page.locator('h1').innerText(), '');
        const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map((e) => e.id));
        assert.deepEqual(ids.filter((id, i) => ids.indexOf(id) !== i), [], 'an id stands once');
        const { length } = await (await fetch(desk.url(at[view]))).arrayBuffer().then((b) => new Uint8Array(b));
        if (!['report', 'lit'].includes(view)) assert.ok(length < LIMIT, `${length} bytes`);
        quiet(page);
        await page.context().close();
      });

      for (const colorScheme of SCHEMES) {
        test(`${view}: passes axe in the ${colorScheme}`, async () => {
          const page = await open(browser, { colorScheme });
          await visit(page, desk.url(at[view]));
          await accessible(page);
          await page.context().close();
        });
      }

      test(`${view}: fits a window of 360 px`, async () => {
        const page = await open(browser, { viewport: { width: 360, height: 740 } });
        await visit(page, desk.url(at[view]));
        await fits(page);
        await unfold(page);
        await fits(page, `${page.url()}, everything unfolded`);
        await page.evaluate(() => document.querySelectorAll('details.fix').forEach((d, i) => (d.open = i === 0)));
        await fits(page, `${page.url()}, a form open`);
        await page.context().close();
      });
    }

    for (const view of FACTS) {
      test(`${view}: a click on a citation lights exactly the cited words`, async () => {
        const page = await open(browser);
        await visit(page, desk.url(at[view]));
        const hrefs = await page.locator('main a.cite[href*="at="]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
        assert.ok(hrefs.length > 0 || view === 'differ', 'no citation at all');
        for (const index of some([...hrefs.keys()], CITES)) {
          await visit(page, desk.url(at[view]));
          await unfold(page);
          await page.locator('main a.cite[href*="at="]').nth(index).click();
          await page.locator('mark.highlight').first().waitFor();
          assert.equal(squeezed(await lit(page)), squeezed(await cited(desk.origin, hrefs[index])), hrefs[index]);
          // The same address by itself: what a middle click or a mailed link opens.
          await visit(page, desk.url(hrefs[index]));
          assert.equal(squeezed(await lit(page)), squeezed(await cited(desk.origin, hrefs[index])), `${hrefs[index]}, opened`);
        }
        quiet(page);
        await page.context().close();
      });
    }

    test('nothing jumps about while the story comes in', async () => {
      const page = await open(browser);
      await visit(page, desk.url(at.story));
      const sum = await shift(page);
      assert.ok(sum < SHIFT, `${sum}`);
      await page.context().close();
    });

    test('the story prints', async () => {
      const page = await open(browser);
      await visit(page, desk.url(at.story));
      const quote = await page.locator('[data-fact] .quote, .quote').first().textContent();
      const { sheets, text } = await print(page);
      assert.ok(sheets > 0, `${sheets} sheets`);
      if (text !== null) assert.ok(plain(text).includes(plain(quote)), quote);
      await page.context().close();
    });

    test('every fact of the story has an address that leads to it', async () => {
      const page = await open(browser);
      await visit(page, desk.url(at.story));
      const facts = await page.locator('main [data-fact][id]').evaluateAll((all) => all.map((e) => e.id));
      assert.ok(facts.length > 5, `${facts.length} facts`);
      for (const id of some(facts, CITES)) {
        await visit(page, desk.url(`/fact/${id}`));
        const there = page.locator(`[id="${id}"]`);
        assert.equal(await there.count(), 1, `${id} at ${page.url()}`);
        // The browser scrolls there after it has loaded; where it never does, the wait ends the test.
        const inSight = (e) => e.getBoundingClientRect().top < innerHeight && e.getBoundingClientRect().bottom > 0;
        await page.waitForFunction(inSight, await there.elementHandle());
      }
      quiet(page);
      await page.context().close();
    });
  });
}
