// Bringing reports in, by drop, by choice, by paste and by address, in a real browser; what is said of a report, starred,
// copied and taken along.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { cited, examples, squeezed } from './desk.js';
import { ROOT, accessible, after, before, describe, fits, folder, launch, open, quiet, test, visit } from './harness.js';

const WEIR =
  'TESK, 13 March 2026 — Ships were still waiting at the northern roads on Friday, the harbour office at Tesk said.\n\n' +
  '“Nobody pays a toll before the talks are over,” said Hanna Ling, who speaks for the shipowners.\n';
const PAGE = `<!doctype html><html lang="en"><head><title>Ships wait at the roads</title>
<meta property="og:site_name" content="Quay Letter"><meta property="article:published_time" content="2026-03-13"></head>
<body><article><h1>Ships wait at the roads</h1>${WEIR.split('\n\n').map((p) => `<p>${p}</p>`).join('').repeat(3)}</article></body></html>`;

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

/** Files on the disk, as somebody has them. */
function files(of) {
  const made = folder();
  return Object.entries(of).map(([name, content]) => {
    const file = path.join(made, name);
    writeFileSync(file, content);
    return file;
  });
}

/** Waits until an upload is told to its end, as the page tells it by itself. */
async function told(page) {
  await page.waitForURL(/\/add\/\d+$/);
  await page.locator('#added:not([data-working])').waitFor();
}

/** Drops files on a page: as the browser does when somebody lets them go over it. */
async function drop(page, dropped) {
  const transfer = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, text] of all) transfer.items.add(new File([text], name));
    return transfer;
  }, Object.entries(dropped));
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator('main').dispatchEvent(type, { dataTransfer: transfer });
  }
}

describe('bringing reports in', false, () => {
  const each = (name, body, options = {}, ...flags) =>
    test(name, async () => {
      const desk = await examples(...flags);
      const page = await open(browser, options);
      try {
        await body({ desk, page, story: desk.url(`/story/${desk.story}`) });
        quiet(page);
      } finally {
        await page.context().close();
        await desk.stop();
      }
    });

  each('files dropped on a story are in it at once, and what was not read is told', async ({ desk, page, story }) => {
    await visit(page, story);
    assert.doesNotMatch(await page.locator('#legend').innerText(), /weir\.txt/);
    const before = await page.locator('#legend li').count();
    await drop(page, { 'weir.txt': WEIR, 'broken.pdf': '%PDF-1.7\nnothing of use' });
    await told(page);
    assert.equal(await page.locator('h1').innerText(), '1 report came in, 1 was not read');
    assert.match(await page.locator('.unread').innerText(), /broken\.pdf the PDF cannot be read.*\n.*print it to a new PDF/);
    await accessible(page);
    await page.locator('a.go').click();
    await page.waitForURL(story);
    assert.equal(await page.locator('#legend li').count(), before + 1);
    assert.match(await page.locator('#legend').innerText(), /weir\.txt/);
    await page.goBack();
    await page.getByRole('link', { name: 'what is new in it' }).click();
    await page.waitForURL(/since=last/);
    assert.ok((await page.locator('#news .line').count()) > 0);
    assert.match(desk.said(), /http/);
  });

  each('a folder of the disk is dropped, and gone through', async ({ page, story }) => {
    const made = folder();
    mkdirSync(path.join(made, 'papers', 'deep'), { recursive: true });
    writeFileSync(path.join(made, 'papers', 'weir.txt'), WEIR);
    writeFileSync(path.join(made, 'papers', 'weir.json'), '{"outlet": "Lock Gazette"}');
    writeFileSync(path.join(made, 'papers', 'deep', 'quay.txt'), 'The harbour office at Tesk counted forty ships on Thursday.');
    writeFileSync(path.join(made, 'papers', '.hidden'), 'no report');
    await visit(page, story);
    // As the system hands it over, with paths: no event that a script makes has a folder in it.
    const system = await page.context().newCDPSession(page);
    const data = { items: [], files: [path.join(made, 'papers')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop']) {
      await system.send('Input.dispatchDragEvent', { type, x: 300, y: 400, data });
    }
    await told(page);
    assert.equal(await page.locator('h1').innerText(), '2 reports came in');
    assert.match(await page.locator('.brought').innerText(), /Lock Gazette/, 'what lies beside a text is said of it');
    assert.match(await page.locator('.brought').innerText(), /quay\.txt/);
  });

  each('a page that is dragged over says what a drop would do', async ({ page, story }) => {
    await visit(page, story);
    const transfer = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'a.txt'));
      return transfer;
    });
    await page.locator('main').dispatchEvent('dragenter', { dataTransfer: transfer });
    await page.getByText('Drop to add them to this story').waitFor();
    await page.locator('main').dispatchEvent('dragleave', { dataTransfer: transfer });
    await page.getByText('Drop to add them to this story').waitFor({ state: 'hidden' });
    // Words that are dragged are no files.
    const words = await page.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.setData('text/plain', 'words');
      return transfer;
    });
    await page.locator('main').dispatchEvent('dragenter', { dataTransfer: words });
    assert.equal(await page.locator('.drop-here').isVisible(), false);
  });

  each('files are chosen, left out again, and brought: a PDF that a browser printed, Word, a table', async ({ desk, page }) => {
    const printed = await open(browser);
    await printed.setContent(PAGE);
    const pdf = await printed.pdf({ format: 'A4' });
    await printed.context().close();
    const chosen = files({ 'ships.pdf': pdf, 'notes.txt': 'Not this one.' });
    const documents = path.join(ROOT, 'crates/rapporteur-source/tests/documents');
    await visit(page, desk.url(`/add?story=${desk.story}`));
    assert.equal(await page.locator('select[name="story"]').inputValue(), desk.story);
    await page.locator('input[type="file"]').setInputFiles([...chosen, path.join(documents, 'weir.docx'), path.join(documents, 'clips.csv')]);
    assert.equal(await page.locator('.chosen li').count(), 4);
    await page.getByRole('button', { name: 'Leave out notes.txt' }).click();
    assert.equal(await page.locator('.chosen li').count(), 3);
    await accessible(page);
    await page.getByRole('button', { name: 'Bring in' }).click();
    await told(page);
    assert.equal(await page.locator('h1').innerText(), '4 reports came in, 1 was not read');
    assert.match(await page.locator('.unread').innerText(), /clips\.csv/, 'a row of the table has no text');
    const kept = await page.locator('.brought').innerText();
    assert.match(kept, /ships\.pdf/);
    assert.doesNotMatch(kept, /notes\.txt/);
    await page.locator('.brought > li', { hasText: 'ships.pdf' }).locator('.title a').click();
    await page.waitForURL(/\/report\//);
    assert.match(await page.locator('.text').innerText(), /Nobody pays a toll before the talks are over/);
    await visit(page, desk.url('/add'));
    assert.match(await page.locator('#lately').innerText(), /reports came in/);
  });

  each('a text is pasted into a new story, and described where it was told of', async ({ desk, page }) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.origin });
    await visit(page, desk.url('/add'));
    assert.equal(await page.locator('.called').isVisible(), false, 'a name is for a new story');
    await page.locator('select[name="story"]').selectOption('new');
    await page.locator('input[name="name"]').fill('Ships at the roads');
    await page.evaluate((text) => navigator.clipboard.writeText(text), WEIR);
    await page.locator('#text').focus();
    await page.keyboard.press('Control+V');
    assert.equal(await page.locator('#text').inputValue(), WEIR);
    await page.getByRole('button', { name: 'Bring in' }).click();
    await told(page);
    assert.match(await page.locator('.brought').innerText(), /no outlet/);
    await page.locator('details.describe summary').click();
    await page.locator('.describe input[name="outlet"]').fill('Quay Letter');
    await page.locator('.describe input[name="title"]').fill('Ships wait');
    await page.locator('.describe').getByRole('button', { name: 'Keep' }).click();
    await page.getByText('Quay Letter').first().waitFor();
    assert.match(page.url(), /\/add\/\d+/);
    assert.match(await page.locator('.brought').innerText(), /Ships wait/);
    await page.locator('a.go').click();
    await page.locator('h1', { hasText: 'Ships at the roads' }).waitFor();
    assert.match(await page.locator('#legend').innerText(), /Quay Letter/);
    await visit(page, desk.url('/log'));
    assert.match(await page.locator('#described').innerText(), /Ilva Marsh[^]*outlet none → Quay Letter/);
    await page.getByRole('button', { name: 'As it was read' }).click();
    await page.waitForURL(/\/log$/);
    assert.equal(await page.locator('#described').count(), 0);
  });

  each('nothing is sent where nothing was given', async ({ desk, page }) => {
    await visit(page, desk.url('/add'));
    await page.getByRole('button', { name: 'Bring in' }).click();
    await page.getByText('Choose a file, paste a text, or give an address.').waitFor();
    assert.match(page.url(), /\/add$/);
  });

  test('an address is given, and one of this network is not asked for', async () => {
    const asked = [];
    const site = createServer((request, response) => {
      asked.push(request.url);
      response.setHeader('content-type', 'text/html');
      response.end(request.url === '/ships' ? PAGE : '');
    });
    await new Promise((done) => site.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${site.address().port}/ships`;
    try {
      for (const [flags, heading] of [[['--fetch'], 'Nothing came in: 1 was not read'], [['--fetch', '--allow-private'], '1 report came in']]) {
        const desk = await examples(...flags);
        const page = await open(browser);
        await visit(page, desk.url('/add'));
        await page.locator('#address').fill(address);
        await page.getByRole('button', { name: 'Bring in' }).click();
        await told(page);
        assert.equal(await page.locator('h1').innerText(), heading);
        if (flags.length === 1) {
          assert.match(await page.locator('.unread').innerText(), /not on the public internet/);
          assert.deepEqual(asked, [], 'nothing was asked');
        } else {
          assert.match(await page.locator('.brought').innerText(), /Ships wait at the roads[^]*Quay Letter/);
          assert.ok(asked.includes('/ships'));
        }
        quiet(page);
        await page.context().close();
        await desk.stop();
      }
    } finally {
      site.close();
    }
  });

  each('without scripts files, a text and what became of them work', async ({ desk, page, story }) => {
    await visit(page, story);
    await page.locator('a.add').click();
    await page.locator('input[type="file"]').setInputFiles(files({ 'weir.txt': WEIR, 'empty.txt': '' }));
    await page.locator('#text').fill('The harbour office at Tesk counted forty ships on Thursday.');
    await page.getByRole('button', { name: 'Bring in' }).click();
    await page.waitForURL(/\/add\/\d+$/);
    // It loads itself anew until it is done.
    await page.locator('#added:not([data-working])').waitFor();
    assert.equal(await page.locator('h1').innerText(), '2 reports came in, 1 was not read');
    await page.locator('a.go').first().click();
    await page.waitForURL(story);
    assert.match(await page.locator('#legend').innerText(), /weir\.txt/);
  }, { javaScriptEnabled: false });

  each('on a phone all of it fits and works', async ({ desk, page }) => {
    await visit(page, desk.url(`/add?story=${desk.story}`));
    await fits(page);
    await page.locator('input[type="file"]').setInputFiles(files({ [`${'a-very-long-name-'.repeat(9)}.txt`]: WEIR, 'odd.bin': Buffer.from([0, 1, 2, 0, 255]) }));
    await fits(page, 'with files chosen');
    await page.getByRole('button', { name: 'Bring in' }).click();
    await told(page);
    await page.locator('details.describe summary').click();
    await fits(page, 'when it is told');
    await accessible(page);
  }, { viewport: { width: 390, height: 844 } });

  each('a form of an older server is refused in words', async ({ desk, page }) => {
    await visit(page, desk.url('/add'));
    await page.locator('input[name="csrf"]').first().evaluate((e) => (e.value = 'stale'));
    await page.locator('#text').fill(WEIR);
    await page.getByRole('button', { name: 'Bring in' }).click();
    await page.locator('#sending', { hasText: 'Load the page again' }).waitFor();
    assert.equal(await page.locator('#text').inputValue(), WEIR, 'nothing that was typed is lost');
    page.complaints.length = 0; // a refusal is an answer of 403, which the browser logs
  });
});

describe('what is done with a line', false, () => {
  let desk;
  before(async () => (desk = await examples()));
  after(() => desk?.stop());

  test('its link and its citations are copied', async () => {
    const page = await open(browser);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.origin });
    const story = desk.url(`/story/${desk.story}`);
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    await visit(page, story);
    const line = page.locator('[data-fact="meeting"]:has(details.fix):has(a.cite)').first();
    const id = await line.getAttribute('id');
    await line.locator('details.fix summary').click();
    await line.getByRole('button', { name: 'Copy link' }).click();
    await line.getByText('Copied').waitFor();
    assert.equal(await clipboard(), desk.url(`/fact/${id}?story=${desk.story}`));
    await line.getByRole('button', { name: 'Copy citation' }).click();
    await line.getByText('Copied').nth(1).waitFor();
    const told = (await clipboard()).split('\n');
    const hrefs = [...new Set(await line.locator('a.cite').evaluateAll((all) => all.map((a) => a.getAttribute('href').split('#')[0])))];
    assert.equal(told.length, Math.min(hrefs.length, 8));
    const words = squeezed(await cited(desk.origin, hrefs[0]));
    assert.ok(squeezed(told[0]).replaceAll(/[“”…]/g, '').includes(words.slice(0, 40).replaceAll(/[“”…]/g, '')), `${told[0]}: ${words}`);
    assert.match(told[0], /” — .+, 1\d Mar 2026/);
    // From the reading pane: any line that leads there.
    await visit(page, story);
    await page.locator('#lead a.cite').first().click();
    await page.locator('#pane mark.highlight').first().waitFor();
    await page.locator('#pane').getByRole('button', { name: 'Copy citation' }).click();
    await page.locator('#pane').getByText('Copied').waitFor();
    assert.match(await clipboard(), /^“.+” — /);
    quiet(page);
    await page.context().close();
  });

  test('it is starred, found again, and let go', async () => {
    const page = await open(browser);
    await visit(page, desk.url(`/story/${desk.story}`));
    const line = page.locator('[data-fact="meeting"]:has(details.fix)').first();
    const id = await line.getAttribute('id');
    await line.locator('details.fix summary').click();
    await Promise.all([page.waitForNavigation(), line.getByRole('button', { name: 'Star' }).click()]);
    assert.ok(await page.locator(`[id="${id}"] .starred`).first().isVisible());
    await page.getByRole('link', { name: 'Starred' }).click();
    await page.waitForURL(/\/starred$/);
    assert.equal(await page.locator('ol.starred li').count(), 1);
    await accessible(page);
    await page.locator('ol.starred a').click();
    await page.waitForURL(new RegExp(`#${id}$`));
    await page.goBack();
    await page.getByRole('button', { name: 'Take the star away' }).click();
    await page.getByText('Nothing is starred yet').waitFor();
    quiet(page);
    await page.context().close();
  });

  test('the story is taken along as files, and printed', async () => {
    const page = await open(browser, { acceptDownloads: true });
    await visit(page, desk.url(`/story/${desk.story}`));
    for (const [name, ending] of [['brief as a page', 'brief.html'], ['gatherings (CSV)', 'meetings.csv'], ['calendar', 'meetings.ics']]) {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name, exact: true }).click()]);
      assert.ok(download.suggestedFilename().endsWith(ending), download.suggestedFilename());
      assert.ok(readFileSync(await download.path()).length > 200);
    }
    await page.evaluate(() => (window.print = () => (window.printed = true)));
    await page.getByRole('button', { name: 'Print' }).click();
    assert.equal(await page.evaluate(() => window.printed), true);
    quiet(page);
    await page.context().close();
  });
});
