// What people do with the pages: go back in time, correct, search by keyboard, read without scripts.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { FACTS, VIEWS, cited, examples, lit, squeezed, unfold, views } from './desk.js';
import { ROOT, accessible, after, before, describe, launch, open, quiet, test, visit } from './harness.js';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

describe('use of the pages', false, () => {
  // A dossier for each test: corrections stay in it.
  const each = (name, body, options = {}) =>
    test(name, async () => {
      const desk = await examples();
      const page = await open(browser, options);
      try {
        await body({ desk, page, at: views(desk) });
        quiet(page);
      } finally {
        await page.context().close();
        await desk.stop();
      }
    });

  const facts = (page) => page.locator('main [data-fact][id]').evaluateAll((all) => all.map((e) => e.id));

  each('an earlier day shows the record as it was known then', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const now = await facts(page);
    assert.match(await page.locator('main').innerText(), /Dramov|Oskar|Qorashi/);
    await visit(page, desk.url(`${at.story}?as_of=2026-03-12`));
    const then = await facts(page);
    assert.notDeepEqual(then, now);
    const reports = await page.locator('#legend').innerText();
    assert.doesNotMatch(reports, /Dramov Today/, 'a report of the day after');
    for (const view of FACTS.filter((v) => v !== 'all')) {
      await visit(page, desk.url(`${at[view]}?as_of=2026-03-12`));
      assert.match(await page.locator('main').innerText(), /12 (March|Mar) 2026/, `${view} says which day it shows`);
      const elsewhere = await page.locator('.tabs a').evaluateAll((all) => all.map((a) => a.href));
      assert.ok(elsewhere.every((href) => href.includes('as_of=2026-03-12')), 'the other views stay on that day');
    }
  });

  each('the slider redraws the story', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const before = await page.locator('main').innerText();
    await page.locator('#day').focus();
    await page.keyboard.press('Home');
    assert.match(await page.locator('.asof output').innerText(), /12 Mar 2026/, 'it says its day before it is let go');
    await page.keyboard.press('Enter');
    await page.waitForFunction((text) => document.querySelector('main')?.innerText !== text, before);
    await page.waitForURL(/as_of=2026-03-12/);
    assert.match(await page.locator('main').innerText(), /12 (March|Mar) 2026/);
    await page.goBack();
    await page.waitForFunction((text) => document.querySelector('main')?.innerText === text, before);
  });

  for (const [what, kind] of [['meeting', 'meeting'], ['discrepancy', 'discrepancy'], ['statement', 'utterance']]) {
    each(`a note on a ${what} shows wherever it does, and goes with undo`, async ({ desk, page, at }) => {
      const words = 'called the port: that is what they say';
      await visit(page, desk.url(at.story));
      const id = await correct(page, `[data-fact="${kind}"]:has(details.fix)`, 'note', words);
      assert.deepEqual(await seen(page, desk, at, id, words), { with: await showing(page, desk, at, id), without: [] });
      await visit(page, desk.url('/log'));
      assert.match(await page.locator('main').innerText(), new RegExp(words));
      await undo(page);
      assert.deepEqual(await seen(page, desk, at, id, words), { with: [], without: await showing(page, desk, at, id) });
    });

    each(`a ${what} that is rejected is gone from every view, and comes back`, async ({ desk, page, at }) => {
      await visit(page, desk.url(at.story));
      const first = page.locator(`[data-fact="${kind}"]:has(details.fix)`).first();
      const where = await showing(page, desk, at, await first.getAttribute('id'));
      assert.ok(where.length > 0);
      await visit(page, desk.url(at.story));
      const id = await correct(page, `[data-fact="${kind}"]:has(details.fix)`, 'reject', '', 'it is not so');
      const left = await standing(page, desk, at, id);
      assert.deepEqual(left, [], `${id} still stands`);
      await visit(page, desk.url('/log'));
      assert.match(await page.locator('main').innerText(), /it is not so/);
      await undo(page);
      assert.deepEqual(await showing(page, desk, at, id), where);
    });
  }

  each('the keyboard does it all', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    await page.keyboard.press('/');
    assert.equal(await focused(page), 'q', '"/" goes to the search');
    await page.keyboard.type('tolls');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/search\?q=tolls/);
    const hits = await page.locator('main a').count();
    assert.ok(hits > 1, `${hits} hits`);
    await page.keyboard.press('ArrowDown');
    const first = await focusedLink(page);
    assert.ok(first, 'the arrow goes to a hit');
    await page.keyboard.press('ArrowDown');
    const second = await focusedLink(page);
    assert.ok(second && second !== first, 'and to the next');
    await page.keyboard.press('ArrowUp');
    assert.equal(await focusedLink(page), first, 'and back');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#read=/);
    await page.locator('#pane .reading-head').waitFor();
    await page.goBack();
    await page.waitForURL(/\/search\?q=tolls$/);
    assert.equal(await page.locator('#q').inputValue(), 'tolls');
    await page.keyboard.press('Escape');
    await page.locator('body').evaluate(() => document.activeElement?.blur());
    await page.keyboard.press('?');
    await page.locator('dialog[open], [role="dialog"]').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog[open]').waitFor({ state: 'hidden' });
  });

  each('the first Tab leads past the head to the text', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    await page.keyboard.press('Tab');
    assert.match((await focusedLink(page)) ?? '', /#main$/);
    await page.keyboard.press('Enter');
    assert.equal(await focused(page), 'main');
  });

  each('a citation opened by keyboard comes back to where it was', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const cite = page.locator('main a.cite[href*="at="]:visible').first();
    const href = await cite.getAttribute('href');
    await cite.focus();
    await page.keyboard.press('Enter');
    await page.locator('mark.highlight').first().waitFor();
    assert.equal(squeezed(await lit(page)), squeezed(await cited(desk.origin, href)));
    await page.goBack();
    await page.waitForURL(desk.url(at.story));
    await page.locator('mark.highlight').first().waitFor({ state: 'hidden' });
  });

  each('differences are picked by kind, and copied with their citations', async ({ desk, page, at }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.origin });
    await visit(page, desk.url(at.differ));
    const all = await page.locator('article.difference').count();
    const kind = page.locator('.choices a:not([aria-current])').last();
    const name = (await kind.innerText()).split(' ')[0];
    await Promise.all([page.waitForNavigation(), kind.click()]);
    const kinds = await page.locator('article.difference .kind-of').allInnerTexts();
    assert.ok(kinds.length > 0 && kinds.length < all && kinds.every((k) => k === name), `${kinds} of ${all}`);
    const copy = page.locator('details.copy').first();
    await copy.locator('summary').click();
    await copy.locator('button').click();
    await copy.getByText('Copied').waitFor();
    const told = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(told.trim(), (await copy.locator('pre').innerText()).trim());
    const quoted = [...told.matchAll(/“(.+?)” — /g)].map((m) => squeezed(m[1]));
    assert.ok(quoted.length >= 2, told);
    const words = squeezed((await page.locator('article.difference').first().locator('blockquote').allTextContents()).join(''));
    assert.ok(quoted.every((q) => words.includes(q)), told);
  });

  each('two spellings become one name and part again', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.names));
    const names = () => page.locator('.name .about').allInnerTexts();
    const [first, second] = await names();
    await correct(page, '.name:has(details.fix)', 'merge', second);
    await visit(page, desk.url(at.names));
    const merged = await names();
    assert.ok(merged.includes(first) !== merged.includes(second), `${merged.slice(0, 4)}`);
    const forms = await page.locator('.name').first().locator('.words').allInnerTexts();
    assert.ok(forms.some((f) => second.includes(f) || f.includes(second)), `${forms}`);
    const spelling = forms.find((f) => second.includes(f) || f.includes(second));
    await correct(page, '.name:has(details.fix)', 'split', spelling);
    await visit(page, desk.url(at.names));
    const own = page.locator('.name', { has: page.locator('.about', { hasText: spelling }) });
    assert.ok((await own.count()) > 0, `${spelling} has a line of its own`);
  });

  each('a date, a state and a speaker are set by the form', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const meeting = await correct(page, '[data-fact="meeting"]:has(details.fix)', 'date', '2026-03-09');
    const line = () => page.locator(`[id="${meeting}"]`).first();
    await visit(page, desk.url(at.story));
    assert.match(await line().innerText(), /9 Mar/);
    await correct(page, `[id="${meeting}"]`, 'status', 'denied');
    await visit(page, desk.url(at.timeline));
    assert.match(await line().innerText(), /denied/);
    await visit(page, desk.url(at.said));
    const others = await page.locator('main section h3').allInnerTexts();
    const other = others.at(-1);
    const saying = await correct(page, '[data-fact="utterance"]:has(details.fix)', 'speaker', 'none');
    await visit(page, desk.url(`/fact/${saying}?story=${desk.story}`));
    const under = await page.locator(`section:has([id="${saying}"]) h3`).allInnerTexts();
    assert.notDeepEqual(under, [others[0]], `${saying} stays with ${others[0]} (${other})`);
  });

  each('what makes no sense is refused in words, and changes nothing', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const before = await (await fetch(desk.url(`/api/record?story=${desk.story}`))).text();
    const fact = page.locator('[data-fact="meeting"]:has(details.fix)').first();
    await fact.locator('details.fix summary').click();
    await fact.locator('select[name="do"]').selectOption('date');
    await fact.locator('[name="value"]').fill('the day after tomorrow');
    await fact.locator('[name="who"]').fill('Ilva Marsh');
    await Promise.all([page.waitForNavigation(), fact.locator('details.fix').getByRole('button', { name: 'Keep' }).click()]);
    assert.match(await page.locator('main').innerText(), /the day after tomorrow/);
    assert.equal(await (await fetch(desk.url(`/api/record?story=${desk.story}`))).text(), before);
    page.complaints.length = 0; // a refusal is an answer of 400, which the browser logs
  });

  each('the field of a correction says what it is for', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const fact = page.locator('[data-fact="meeting"]:has(details.fix)').first();
    await fact.locator('details.fix summary').click();
    for (const [what, label] of [['note', 'Note'], ['date', 'Date'], ['status', 'State']]) {
      await fact.locator('select[name="do"]').selectOption(what);
      assert.equal(await fact.locator('.to .t:visible').allInnerTexts().then((all) => all.join()), label);
    }
    await fact.locator('select[name="do"]').selectOption('reject');
    assert.equal(await fact.locator('.to').isVisible(), false);
  });

  each('what is new since a day, and since the last visit, is told', async ({ desk, page, at }) => {
    await visit(page, desk.url(`${at.story}?since=2026-03-12`));
    const news = page.locator('#news');
    assert.match(await news.locator('h2').innerText(), /12 Mar 2026/i);
    assert.ok((await news.locator('.line').count()) > 0, 'the reports of the day after bring something');
    assert.equal(await page.locator('#visit').isVisible(), false, 'there was no visit before');
    await page.evaluate((story) => {
      const long = new Date(Date.now() - 864e5).toISOString().slice(0, 19) + 'Z';
      localStorage.setItem(`visit:/story/${story}`, JSON.stringify({ last: long }));
    }, desk.story);
    await visit(page, desk.url(at.story));
    await page.locator('#visit').click();
    await page.waitForURL(/since=/);
    assert.ok((await page.locator('#news .line').count()) > 0, 'all came in since yesterday');
  });

  each('a draft that is pasted in is marked, and leads to the words', async ({ desk, page, at }) => {
    const draft = readFileSync(path.join(ROOT, 'examples', 'drafts', 'strait.md'), 'utf8');
    await visit(page, desk.url(at.check));
    await page.locator('#draft').fill(draft);
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Check' }).click()]);
    assert.ok((await page.locator('.draft-text mark.v-error').count()) >= 3);
    assert.equal(squeezed(await page.locator('.draft-text').evaluateAll((all) => all.map((e) => {
      const copy = e.cloneNode(true);
      copy.querySelectorAll('sup').forEach((s) => s.remove());
      return copy.textContent;
    }).join(''))), squeezed(draft), 'the draft stands there as it was given');
    const silent = await page.locator('.checked > li').evaluateAll((all) => all.filter((li) => !li.querySelector('.verdicts, .in-order, .dim')).length);
    assert.equal(silent, 0, 'every paragraph has a verdict');
    const altered = page.locator('.verdicts li', { hasText: 'altered' }).first();
    const cite = altered.locator('a.cite').first();
    const href = await cite.getAttribute('href');
    await cite.click();
    await page.locator('mark.highlight').first().waitFor();
    assert.equal(squeezed(await lit(page)), squeezed(await cited(desk.origin, href)));
    await accessible(page);
  });

  each('on a phone each verdict stands under its paragraph', async ({ desk, page, at }) => {
    const draft = readFileSync(path.join(ROOT, 'examples', 'drafts', 'strait.md'), 'utf8');
    await visit(page, desk.url(at.check));
    await page.locator('#draft').fill(draft);
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Check' }).click()]);
    const rows = await page.locator('.checked > li').evaluateAll((all) =>
      all.map((li) => ['.draft-text', '.said-of'].map((part) => li.querySelector(part).getBoundingClientRect()).map((b) => [b.top, b.bottom, b.left, b.right])));
    assert.ok(rows.length > 4);
    for (const [text, said] of rows) {
      assert.ok(said[0] >= text[1] - 1 && said[3] <= 390, `${text} ${said}`);
    }
    assert.ok(await page.locator('.tally').isVisible());
    assert.match(await page.locator('.counted').textContent(), /^\d+ sentences: /);
  }, { viewport: { width: 390, height: 844 } });

  each('the reading pane keeps outlet, day and title in view, also on a phone, and closes', async ({ desk, page, at }) => {
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      await visit(page, desk.url(at.story));
      const cite = page.locator('#lead a.cite').first();
      await cite.click();
      await page.locator('#pane mark.highlight').first().waitFor();
      await page.locator('#pane').evaluate((pane) => {
        pane.scrollTop = pane.scrollHeight;
        const side = document.querySelector('#side');
        side.scrollTop = side.scrollHeight;
      });
      const head = page.locator('#pane .reading-head');
      const box = await head.boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= 844, `${width}: ${JSON.stringify(box)}`);
      assert.match(await head.innerText(), /Gazette|Courier|Wire|Today|quayside/);
      assert.match(await head.innerText(), /1[23] Mar 2026/);
      assert.ok((await head.locator('h2.title').innerText()).length > 10);
      await accessible(page);
      await page.locator('#pane').getByRole('button', { name: 'Close' }).click();
      await page.locator('#pane').waitFor({ state: 'hidden' });
    }
  });

  each('the timeline is dated sentences on lanes, and one list with tags on a phone', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.timeline));
    const told = await page.locator('.timeline .told').count();
    assert.ok(told > 8, `${told}`);
    const days = await page.locator('.timeline .day').evaluateAll((all) => all.map((d) => [d.querySelector('h3').innerText, d.querySelectorAll('.words').length, d.querySelectorAll('a.cite').length]));
    assert.ok(days.every(([day, words, cites]) => /\d/.test(day) && words > 0 && cites > 0), JSON.stringify(days));
    const lefts = () => page.locator('.timeline .told').evaluateAll((all) => new Set(all.map((e) => Math.round(e.getBoundingClientRect().left))).size);
    assert.ok((await lefts()) > 1, 'lanes stand beside each other');
    await Promise.all([page.waitForNavigation(), page.getByRole('link', { name: 'by party' }).click()]);
    assert.match(await page.locator('.lane-heads').innerText(), /Others/);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await lefts(), 1, 'one list');
    assert.ok(await page.locator('.lane-tag').first().isVisible());
  });

  each('the search marks what was found, filters it, and tells a sentence once', async ({ desk, page, at }) => {
    await visit(page, desk.url('/search?q=tolls'));
    const marks = await page.locator('.hits mark').allInnerTexts();
    assert.ok(marks.length > 4 && marks.every((m) => /^tolls/i.test(m)), `${marks}`);
    const words = () => page.locator('.hits .words').allInnerTexts();
    const all = await words();
    assert.equal(new Set(all.map((w) => w.replace(/\W/g, '').toLowerCase())).size, all.length, 'each once');
    assert.ok((await page.locator('.hits > li').evaluateAll((l) => l.filter((e) => e.querySelectorAll('.outlet-name').length > 1).length)) > 0, 'with all outlets');
    await page.locator('.filters select[name="outlet"]').selectOption('Velmin Courier');
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Filter' }).click()]);
    const some = await words();
    assert.ok(some.length > 0 && some.length < all.length, `${some.length} of ${all.length}`);
    for (const li of await page.locator('.hits > li .by').allInnerTexts()) assert.match(li, /Velmin Courier/);
    await page.getByRole('link', { name: 'without filters' }).click();
    await page.waitForURL(/\/search\?q=tolls$/);
    assert.equal((await words()).length, all.length);
  });

  each('a draft full of markup is text and nothing else', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.check));
    const hostile = '</textarea><script>window.hit=1</script> "<img src=x onerror=window.hit=1>" {{ 7 * 7 }} said Qorashi.';
    await page.locator('#draft').fill(hostile);
    await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Check' }).click()]);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    assert.equal(await page.locator('.draft-text script, .draft-text img').count(), 0);
    assert.equal(await page.locator('#draft').inputValue(), hostile);
  });

  each('a place that the text does not have is said to be lost', async ({ desk, page }) => {
    await visit(page, desk.url(`/report/${desk.reports[0].id}?at=0-12,900000-900010`));
    assert.equal(await page.locator('mark.highlight').count(), 1);
    assert.match(await page.locator('.lost').innerText(), /900000–900010 is lost/);
  });

  each('the description of the interface names addresses that answer', async ({ desk, page }) => {
    const told = await (await fetch(desk.url('/api/openapi.json'))).json();
    assert.match(told.openapi, /^3\./);
    const plain = Object.entries(told.paths).filter(([route, of]) => of.get && !route.includes('{'));
    assert.ok(plain.length > 3);
    for (const [route, of] of plain) {
      if ((of.get.parameters ?? []).some((p) => p.required)) continue;
      assert.equal((await fetch(desk.url(route))).status, 200, route);
    }
    await visit(page, desk.url('/about'));
    assert.ok((await page.locator('a[href="/api/openapi.json"]').count()) > 0, 'the help leads there');
  });

  each('without scripts every view reads and every link leads somewhere', async ({ desk, page, at }) => {
    for (const view of VIEWS) {
      await visit(page, desk.url(at[view]));
      assert.equal(await page.locator('h1').count(), 1, view);
      assert.ok((await page.locator('main').innerText()).length > 20, `${view} is empty`);
      const hrefs = await page.locator('a[href^="/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
      for (const href of [...new Set(hrefs)].slice(0, 60)) {
        const answer = await fetch(desk.url(href));
        await answer.arrayBuffer();
        assert.equal(answer.status, 200, `${href} of ${view}`);
      }
    }
  }, { javaScriptEnabled: false });

  each('without scripts a citation, the day, the search and a correction work', async ({ desk, page, at }) => {
    await visit(page, desk.url(at.story));
    const cite = page.locator('main a.cite[href*="at="]:visible').first();
    const href = await cite.getAttribute('href');
    await cite.click();
    await page.waitForURL(/\/report\//);
    assert.equal(squeezed(await lit(page)), squeezed(await cited(desk.origin, href)));

    await visit(page, desk.url(at.story));
    await page.locator('#day').focus();
    await page.keyboard.press('Home');
    await page.locator('form.asof button').click();
    await page.waitForURL(/as_of=2026-03-12|day=0/);
    assert.match(await page.locator('main').innerText(), /12 (March|Mar) 2026/);

    await page.locator('#q').fill('tolls');
    await page.locator('#q').press('Enter');
    await page.waitForURL(/\/search\?q=tolls/);
    assert.ok((await page.locator('main a').count()) > 1);

    await visit(page, desk.url(at.story));
    const words = 'asked again: it is so';
    const id = await correct(page, '[data-fact="meeting"]:has(details.fix)', 'note', words);
    assert.ok((await seen(page, desk, at, id, words)).with.length > 0);
  }, { javaScriptEnabled: false });
});

/** Which element has the focus. */
function focused(page) {
  return page.evaluate(() => document.activeElement.id);
}

function focusedLink(page) {
  return page.evaluate(() => document.activeElement.href ?? null);
}

/** Corrects the first fact of this kind by its form and gives its id. */
async function correct(page, selector, what, value, why = 'we asked') {
  const fact = page.locator(selector).first();
  const id = await fact.getAttribute('id');
  const fix = fact.locator('details.fix').first();
  await fix.locator('summary').click();
  await fix.locator('select[name="do"]').selectOption(what);
  if (value) await fix.locator('[name="value"]').fill(value);
  await fix.locator('[name="why"]').fill(why);
  await fix.locator('[name="who"]').fill('Ilva Marsh');
  await Promise.all([page.waitForNavigation(), fix.getByRole('button', { name: 'Keep' }).click()]);
  return id;
}

async function undo(page) {
  await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: /undo|take back/i }).first().click()]);
}

/** The views that show this fact. */
async function showing(page, desk, at, id) {
  const found = [];
  for (const view of FACTS) {
    await visit(page, desk.url(at[view]));
    if ((await page.locator(`main [id="${id}"]`).count()) > 0) found.push(view);
  }
  return found;
}

/** The views that show this fact as one that stands. */
async function standing(page, desk, at, id) {
  const found = [];
  for (const view of FACTS) {
    await visit(page, desk.url(at[view]));
    if ((await page.locator(`main [id="${id}"]:not(.rejected):not([data-fact="correction"])`).count()) > 0) found.push(view);
  }
  return found;
}

/** Of the views that show this fact, those that have these words beside it, and those that lack them. */
async function seen(page, desk, at, id, words) {
  const found = { with: [], without: [] };
  for (const view of await showing(page, desk, at, id)) {
    await visit(page, desk.url(at[view]));
    await unfold(page);
    const beside = await page.locator(`main [id="${id}"]`).first().evaluate((e) => (e.closest('.line, .stand, tr, article') ?? e).textContent);
    (beside.includes(words) ? found.with : found.without).push(view);
  }
  return found;
}
