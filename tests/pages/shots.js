// Pictures of every view for people to look at: `cargo xtask shots`.

import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { ROOT, SCHEMES, SEEDS, folder, launch, open, rapporteur, stories } from './harness.js';
import { examples, seeds, unfold, views } from './desk.js';

/** A report to bring in. */
const SHIPS =
  'TESK, 13 March 2026 — Ships were still waiting at the northern roads on Friday, the harbour office at Tesk said. ' +
  '“Nobody pays a toll before the talks are over,” said Hanna Ling, who speaks for the shipowners.';
const WIDTHS = [1280, 390];
/** A picture ends after so many screens: a taller one cannot be looked at. */
const SCREENS = 2;
const out = process.env.PAGES_SHOTS;
mkdirSync(out, { recursive: true });

const browser = await launch();
let taken = 0;

/** One address in both widths and both schemes. */
async function shoot(name, url, prepare = async () => {}) {
  for (const width of WIDTHS) {
    for (const colorScheme of SCHEMES) {
      const page = await open(browser, { colorScheme, viewport: { width, height: width > 600 ? 900 : 844 } });
      try {
        await page.goto(url, { waitUntil: 'load' });
        await prepare(page);
        const file = path.join(out, `${name}-${width}-${colorScheme}.png`);
        const { width: w, height: h } = page.viewportSize();
        const whole = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y: 0, width: w, height: Math.min(whole, SCREENS * h) } });
        taken += 1;
      } catch (error) {
        console.error(`SHOTS: no picture of ${name} at ${width} px, ${colorScheme}: ${error.message.split('\n')[0]}`);
        process.exitCode = 1;
      }
      for (const complaint of page.complaints) console.error(`SHOTS: ${name}: ${complaint}`);
      await page.context().close();
    }
  }
}

// `SHOTS_ONLY=add` takes those of one thing.
const wanted = (name) => !process.env.SHOTS_ONLY || name.startsWith(process.env.SHOTS_ONLY);

for (const story of stories().filter((s) => !s.skip && wanted('brief'))) {
  const file = path.join(folder(), 'brief.html');
  await rapporteur('brief', story.input, '--format', 'html', '--out', file);
  await shoot(`brief-${story.name}`, pathToFileURL(file).href);
}

for (const make of wanted('views') ? [examples, ...(SEEDS ? [seeds] : [])] : []) {
  const desk = await make();
  const all = views(desk);
  for (const [view, address] of Object.entries(all)) {
    await shoot(`${desk.name}-${view}`, desk.url(address));
  }
  await shoot(`${desk.name}-pane`, desk.url(all.story), async (page) => {
    await page.locator('main a.cite[href*="at="]:visible').first().click();
    await page.locator('mark.highlight').first().waitFor();
  });
  await shoot(`${desk.name}-parties`, desk.url(`${all.timeline}?sort=party`));
  await shoot(`${desk.name}-fix`, desk.url(all.story), async (page) => {
    await page.locator('details.fix summary:visible').first().click();
  });
  await shoot(`${desk.name}-unfolded`, desk.url(all.said), unfold);
  await shoot(`${desk.name}-since`, desk.url(`${all.story}?since=2026-03-12`));
  await shoot(`${desk.name}-beside`, desk.url(all.story), async (page) => {
    await page.locator('main a.beside:visible').first().click();
    await page.locator('mark').first().waitFor();
  });
  if (desk.name === 'strait') {
    const draft = readFileSync(path.join(ROOT, 'examples', 'drafts', 'strait.md'), 'utf8');
    await shoot(`${desk.name}-checked`, desk.url(all.check), async (page) => {
      await page.locator('#draft').fill(draft);
      await Promise.all([page.waitForNavigation(), page.getByRole('button', { name: 'Check' }).click()]);
    });
  }
  await desk.stop();
}

// Bringing reports in: by drop, by paste, by address; then what became of it.
const site = createServer((_, response) => {
  response.setHeader('content-type', 'text/html');
  response.end(`<html lang="en"><head><title>Ships wait at the roads</title><meta property="og:site_name" content="Quay Letter">
<meta property="article:published_time" content="2026-03-13"></head><body><article>${`<p>${SHIPS}</p>`.repeat(4)}</article></body></html>`);
});
await new Promise((done) => site.listen(0, '127.0.0.1', done));
const bring = async (page) => {
  await page.getByRole('button', { name: 'Bring in' }).click();
  await page.locator('#added:not([data-working])').waitFor();
};
for (const [name, prepare, then] of [
  ['drop', async (page) => {
    const transfer = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      for (const [name, content] of [['ships.txt', text], ['minutes.pdf', '%PDF-1.7\nnothing of use']]) transfer.items.add(new File([content], name));
      return transfer;
    }, SHIPS);
    for (const type of ['dragenter', 'dragover', 'drop']) await page.locator('main').dispatchEvent(type, { dataTransfer: transfer });
    await page.locator('.chosen li').first().waitFor();
  }, bring],
  ['paste', async (page) => {
    await page.locator('select[name="story"]').selectOption('new');
    await page.locator('input[name="name"]').fill('Ships at the roads');
    await page.locator('#text').fill(SHIPS);
    await page.locator('.about-it input[name="outlet"]').fill('Quay Letter');
  }, async (page) => {
    await bring(page);
    await page.locator('details.describe summary').click();
  }],
  ['address', (page) => page.locator('#address').fill(`http://127.0.0.1:${site.address().port}/ships`), bring],
]) {
  // A dossier for each: what is brought in stays.
  for (const [step, both] of [['form', prepare], ['told', async (page) => (await prepare(page), await then(page))]]) {
    const desk = await examples('--fetch', '--allow-private');
    await shoot(`add-${name}-${step}`, desk.url(`/add?story=${desk.story}`), both);
    await desk.stop();
  }
}
site.close();

await browser.close();
console.log(`${taken} pictures in ${out}`);
