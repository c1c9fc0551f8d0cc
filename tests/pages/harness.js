// The browser, the program and the questions that every page is asked.
//
// `cargo xtask pages` hands everything in through the environment: nothing here looks for a browser or a
// package, so that a run is the same on every machine or is skipped as a whole by the one that starts it.

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as runner from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What `cargo xtask pages` hands in under this name; a test cannot guess it. */
function given(name) {
  const value = process.env[name];
  assert.ok(value, `${name} is not set: run these tests with \`cargo xtask pages\``);
  return value;
}

/** A package: installed under target/, not beside this file, so asked for by folder, and only when needed. */
function packages() {
  return createRequire(path.join(given('PAGES_MODULES'), 'package.json'));
}

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
// Each server that is started is ended with the tests, whatever ends them.
process.setMaxListeners(100);

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** Why nothing of what is being described can be run: no browser at all, or no material for this part. */
let skip = process.env.PAGES_SKIPPED || false;

/**
 * Tests about one thing; with a reason to skip them, each is counted as skipped.
 *
 * The runner's own `skip` of a suite would count one for them all.
 */
export function describe(name, reason, tests) {
  runner.describe(name, () => {
    const outer = skip;
    skip = outer || reason;
    tests();
    skip = outer;
  });
}

export function test(name, body) {
  runner.test(name, { skip }, body);
}

export function before(body) {
  if (!skip) runner.before(body);
}

export function after(body) {
  if (!skip) runner.after(body);
}

/** The seeds, where they are: real reports that are no part of the repository. */
export const SEEDS = process.env.PAGES_SEEDS || null;
export const NO_SEEDS = SEEDS ? false : 'the seeds (../shared/seeds) are not here';

/** The schemes in which every page must be readable. */
export const SCHEMES = ['light', 'dark'];

/** A folder that is gone when the tests of this file are done. */
export function folder() {
  const made = mkdtempSync(path.join(tmpdir(), 'rapporteur-pages-'));
  process.on('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Runs the program to its end and gives what it printed. */
export async function rapporteur(...args) {
  const { stdout } = await run(given('PAGES_PROGRAM'), args, { cwd: ROOT, maxBuffer: 64 << 20 });
  return stdout;
}

/** The stories that the faces are tried on: ours, and the seeds where they are. */
export function stories() {
  const ours = ['strait', 'wages'].map((name) => ({ name, input: path.join(ROOT, 'examples', name), skip: false }));
  return [...ours, { name: 'seeds', input: SEEDS, skip: NO_SEEDS }];
}

/** The seeds as a dossier takes them: each a report. */
export function seedFiles() {
  return readdirSync(SEEDS).filter((name) => name.endsWith('.txt')).sort().map((name) => path.join(SEEDS, name));
}

/** A dossier of these files and folders. */
export async function dossier(...inputs) {
  const file = path.join(folder(), 'story.db');
  for (const input of inputs) {
    await rapporteur('add', input, '--into', file);
  }
  return file;
}

async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Serves a dossier until `stop` is called; the server answers when this returns. */
export async function serve(file, ...flags) {
  const port = await freePort();
  const child = spawn(given('PAGES_PROGRAM'), ['serve', '--from', file, '--port', String(port), '--who', 'Ilva Marsh', ...flags], { cwd: ROOT });
  let said = '';
  child.stdout.on('data', (bytes) => (said += bytes));
  child.stderr.on('data', (bytes) => (said += bytes));
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  const origin = `http://127.0.0.1:${port}`;
  // Opening a dossier may take a while on a busy machine; what ends the wait is the server's end, or the
  // limit of the tests as a whole.
  for (;;) {
    if (child.exitCode !== null) {
      throw new Error(`rapporteur serve ended with ${child.exitCode}:\n${said}`);
    }
    try {
      await fetch(`${origin}/about`);
      break;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return {
    origin,
    said: () => said,
    stop: async () => {
      process.off('exit', kill);
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The browser of this file of tests. */
export async function launch() {
  const { chromium } = packages()('playwright-core');
  return chromium.launch({
    executablePath: given('PAGES_CHROMIUM'),
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/**
 * A page that writes down whatever it should not do.
 *
 * `complaints` are errors in the console, uncaught exceptions, dialogs and answers of 400 and more; `requests`
 * are all addresses asked for. No page may ever leave the machine: such requests are cut and complained of.
 */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.complaints = [];
  page.requests = [];
  page.on('console', (message) => {
    if (message.type() === 'error') {
      page.complaints.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => page.complaints.push(`exception: ${error.message}`));
  page.on('dialog', (dialog) => {
    page.complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  await context.route('**', (route) => {
    const url = new URL(route.request().url());
    page.requests.push(url.href);
    const near = ['file:', 'data:', 'blob:'].includes(url.protocol) || url.hostname === '127.0.0.1';
    if (near) {
      return route.continue();
    }
    page.complaints.push(`asks the network for ${url.href}`);
    return route.abort();
  });
  return page;
}

/** Goes there; the answer must be this status. */
export async function visit(page, url, status = 200) {
  const answer = await page.goto(url, { waitUntil: 'load' });
  assert.equal(answer.status(), status, url);
}

/** Nothing went wrong that only the developer's tools would have told. */
export function quiet(page, where = page.url()) {
  none(page.complaints, where);
}

/** What axe finds against WCAG 2.1 AA, one line a rule, with the first elements that break it. */
export async function violations(page) {
  // Evaluated over the debugging protocol: the page's own policy refuses script tags, and should.
  await page.evaluate(readFileSync(packages().resolve('axe-core/axe.min.js'), 'utf8'));
  const found = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }),
    WCAG,
  );
  return found.violations.map((rule) => {
    const where = rule.nodes.slice(0, 4).map((node) => node.target.join(' '));
    const why = rule.nodes[0].failureSummary.replace(/\s+/g, ' ');
    return `${rule.id}, ${rule.nodes.length} times: ${where.join(' | ')}: ${why}`;
  });
}

/** These are none; a failure is told in a line each and nothing more. */
function none(faults, where) {
  if (faults.length > 0) assert.fail([where, ...faults].join('\n  '));
}

/** The page as it opens and with everything unfolded passes axe. */
export async function accessible(page, where = page.url()) {
  none(await violations(page), where);
  const folds = await page.evaluate(() => {
    const shut = [...document.querySelectorAll('details:not([open])')];
    shut.forEach((d) => (d.open = true));
    return shut.length;
  });
  if (folds > 0) {
    none(await violations(page), `${where}, everything unfolded`);
    await page.evaluate(() => document.querySelectorAll('details[open]').forEach((d) => (d.open = false)));
  }
}

/** Nothing sticks out to the right: the page itself never scrolls sideways. */
export async function fits(page, where = page.url()) {
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.scrollingElement;
    if (scrollWidth <= clientWidth) return null;
    const out = [...document.body.querySelectorAll('*')].filter((e) => e.getBoundingClientRect().right > clientWidth + 1);
    const name = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${[...e.classList].map((c) => `.${c}`).join('')}`;
    return `${scrollWidth} px in a window of ${clientWidth} px: ${out.slice(0, 5).map(name).join(', ')}`;
  });
  none(wide === null ? [] : [wide], where);
}

/** How far things jumped about while the page came in, as browsers count it. */
export async function shift(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => list.getEntries().forEach((e) => (sum += e.value)));
        observer.observe({ type: 'layout-shift', buffered: true });
        // Two frames: entries that are buffered come with the first.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
}

/** Letters and signs only, as a line break or a ligature of a PDF must not matter. */
export function plain(text) {
  return text.normalize('NFKC').replace(/[\s\u00ad\u200b]+/g, '');
}

/** The page printed: its bytes, its sheets, and its text in the order of the page where pdftotext is here. */
export async function print(page) {
  const file = path.join(folder(), 'page.pdf');
  const bytes = await page.pdf({ path: file, format: 'A4' });
  const sheets = (bytes.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length;
  const text = existsSync('/usr/bin/pdftotext') ? (await run('/usr/bin/pdftotext', ['-raw', file, '-'])).stdout : null;
  return { bytes, sheets, text };
}

/** At most `count` of these, spread evenly from first to last. */
export function some(list, count) {
  if (list.length <= count) return list;
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * (list.length - 1)) / (count - 1))]);
}
