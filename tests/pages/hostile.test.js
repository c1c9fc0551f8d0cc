// A report is hostile text: whatever it is full of is shown as the signs it is made of, and does nothing.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { VIEWS, desk as serveDesk, views } from './desk.js';
import { after, before, describe, folder, launch, open, quiet, rapporteur, test, visit } from './harness.js';
import { pathToFileURL } from 'node:url';

const SCRIPT = '<script>window.harm=1;alert(1)</script>';
const IMAGE = '"><img src=x onerror="window.harm=2;alert(2)">';
const LINK = '<a href="javascript:window.harm=3">click</a>';
const TEMPLATE = '{{7*7}} ${7*7} {%raw%} <%= 7*7 %> #{7*7}';
const TURNED = '\u202Eltr ot txet\u202C';

const REPORT = `Envoy ${SCRIPT} meets minister ${TEMPLATE}
Ferry talks ${SCRIPT} between Orsava and Kareth resumed in Elsholm on Tuesday, officials said. </textarea></title></style><svg onload="window.harm=4">
“We will sign the plan ${IMAGE} when the tolls are gone,” Prime Minister Amin Haldari told reporters on Tuesday.
“No toll will ever be paid ${LINK} by our ships,” said the envoy Daniel Averick, who met Haldari in Dramov on Monday.
Averick said that ${TEMPLATE} was the ninth point of the 17-point plan, and that ${TURNED} was the tenth.
Kareth rejects the plan unless ${SCRIPT} the tolls are taken out. About 40 ships are waiting, the port of Velmin ${IMAGE} said.
]]>--><!-- <iframe src="javascript:window.harm=5"></iframe> <style>body{display:none}</style> <base href="https://harm.example/">
`;

const OTHER = `The same talks, told again
Prime Minister Amin Haldari met the envoy Daniel Averick in Dramov on Sunday, his office said.
“We will sign the plan ${IMAGE} when the tolls are gone,” Haldari told reporters. About 60 ships are waiting.
`;

const ABOUT = (outlet) => ({
  outlet,
  url: `javascript:window.harm=6//${encodeURIComponent(outlet)}`,
  published: '2026-03-12',
  title: `Envoy ${SCRIPT}${IMAGE} ${TEMPLATE}`,
  byline: `${SCRIPT} O'Neil" onmouseover="window.harm=7`,
});

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

describe('a hostile report', false, () => {
  const input = folder();
  let desk, at;
  before(async () => {
    writeFileSync(path.join(input, 'a.txt'), REPORT);
    writeFileSync(path.join(input, 'a.json'), JSON.stringify(ABOUT(`Harm" onload="window.harm=8 ${SCRIPT}`)));
    writeFileSync(path.join(input, 'b.txt'), OTHER);
    writeFileSync(path.join(input, 'b.json'), JSON.stringify(ABOUT(`${IMAGE} Post`)));
    desk = await serveDesk([input], encodeURIComponent(`toll ${IMAGE}`), 'hostile');
    at = views(desk);
  });
  after(() => desk?.stop());

  // Once as served, and once without the policy of the server: the escaping alone must do.
  for (const [how, bypassCSP] of [['as served', false], ['even without the policy', true]]) {
    for (const view of VIEWS) {
      test(`${view} does nothing, ${how}`, async () => {
        const page = await open(browser, { bypassCSP });
        await visit(page, desk.url(at[view]));
        await harmless(page);
        await page.context().close();
      });
    }
  }

  test('its words are all there, sign by sign', async () => {
    const page = await open(browser);
    await visit(page, desk.url(at.report));
    const text = await page.locator('main').textContent();
    const hostile = desk.reports.length;
    assert.equal(hostile, 2);
    const shown = [text];
    await visit(page, desk.url(`/report/${desk.reports[1].id}`));
    shown.push(await page.locator('main').textContent());
    const all = shown.join('\n');
    for (const words of [SCRIPT, IMAGE, LINK, TEMPLATE, TURNED]) {
      assert.ok(all.includes(words), words);
    }
    await page.context().close();
  });

  test('turned text turns nothing but itself', async () => {
    const page = await open(browser);
    for (const { id } of desk.reports) {
      await visit(page, desk.url(`/report/${id}`));
      const open = await page.evaluate((sign) => {
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const bare = [];
        while (walk.nextNode()) {
          const box = walk.currentNode.parentElement.closest('p, li, td, h1, h2, bdi, blockquote, div');
          if (walk.currentNode.data.includes(sign) && !box.closest('[dir], bdi')) bare.push(walk.currentNode.data);
        }
        return bare;
      }, '\u202E');
      assert.deepEqual(open, [], 'a sign that turns text stands outside of any element of its own direction');
    }
    await page.context().close();
  });

  test('its HTML brief does nothing either', async () => {
    const file = path.join(folder(), 'brief.html');
    await rapporteur('brief', input, '--format', 'html', '--out', file);
    const page = await open(browser, { bypassCSP: true });
    await page.goto(pathToFileURL(file).href);
    await harmless(page);
    await page.context().close();
  });
});

describe('a report written right to left', false, () => {
  test('is shown right to left', async () => {
    const input = folder();
    writeFileSync(path.join(input, 'a.txt'), 'محادثات حول المضيق\nقال رئيس الوزراء أمين حلدري: «لن ندفع أي رسوم في المضيق».\n');
    const desk = await serveDesk([input], 'x', 'rtl');
    const page = await open(browser);
    await visit(page, desk.url(`/report/${desk.reports[0].id}`));
    const turned = await page.getByText('لن ندفع أي رسوم').last().evaluate((e) => getComputedStyle(e).direction);
    assert.equal(turned, 'rtl');
    quiet(page);
    await page.context().close();
    await desk.stop();
  });
});

/** No script of the report ran, no element of it came to be, no address of it is a link that runs. */
async function harmless(page) {
  assert.equal(await page.evaluate(() => window.harm), undefined, 'a script of the report ran');
  const made = await page.evaluate(() => {
    const bad = [...document.querySelectorAll('script:not([src^="/assets/"]), img, iframe, base, object, embed, svg[onload]')];
    for (const e of document.querySelectorAll('*')) {
      const runs = [...e.attributes].some((a) => a.name.startsWith('on') || /^\s*(javascript|data|vbscript):/i.test(a.value));
      if (runs) bad.push(e);
    }
    return bad.map((e) => e.outerHTML.slice(0, 200));
  });
  assert.deepEqual(made, []);
  assert.ok(await page.locator('body').isVisible());
  // Whatever can be pointed at or focused is, in case something waits for that.
  await page.evaluate(() => document.querySelectorAll('main *').forEach((e) => e.dispatchEvent(new MouseEvent('mouseover'))));
  assert.equal(await page.evaluate(() => window.harm), undefined, 'a script of the report ran when pointed at');
  quiet(page);
}
