// Looks at a built site as stressed readers meet it: axe-core in light and dark, reflow at 320 px, text spacing, no script,
// the keyboard alone, no request to anyone else, small enough for a bad line; and what the one small script does. One page of each kind, in each language.
//
//     node look.mjs SITE          (CHROME=path names another browser than Debian's chromium)
import {execSync} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import puppeteer from 'puppeteer-core';
import {FLAGS, pages, serve} from './site.mjs';

const SMALL = 14_000; // bytes of compressed HTML that fit into the first round trip
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const SPACING = '*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}';

const site = path.resolve(process.argv[2]);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
let failed = 0, held = 0;
const say = (ok, ...words) => {
  if (ok) { held++; return; }
  failed++;
  console.log('FAIL', ...words);
};

const overflow = page => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function read(browser, url) {
  const page = await browser.newPage(), foreign = [], refused = [];
  await page.setJavaScriptEnabled(false);
  page.on('request', request => {
    if (!request.url().startsWith(new URL(url).origin) && !/^(data|blob):/.test(request.url())) foreign.push(request.url());
  });
  page.on('console', message => { if (/Content.Security.Policy|Refused/i.test(message.text())) refused.push(message.text()); });
  await page.setViewport({width: 1280, height: 900});
  const html = await (await page.goto(url, {waitUntil: 'networkidle0'})).buffer();
  const size = zlib.gzipSync(html, {level: 9}).length;
  say(size < SMALL, url, `${size} bytes compressed`);
  say(!foreign.length, url, 'asks others for', ...foreign);
  say(!refused.length, url, ...refused);
  for (const width of [1280, 320]) {
    await page.setViewport({width, height: 900});
    say(await overflow(page) <= 0, url, `is wider than ${width} px (WCAG 1.4.10)`);
  }
  await page.setViewport({width: 640, height: 900});
  await page.setBypassCSP(true);
  await page.reload();
  await page.addStyleTag({content: SPACING});
  say(await overflow(page) <= 0, url, 'does not bear text spacing (WCAG 1.4.12)');
  const {lang, h1, title, bare} = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    h1: document.querySelectorAll('h1').length,
    title: document.title,
    bare: [...document.querySelectorAll('time')].filter(time => !time.dateTime).length,
  }));
  say(lang && h1 === 1 && title && !bare, url, JSON.stringify({lang, h1, title, bare}));
  await page.close();
}

async function judge(browser, url) {
  for (const scheme of ['light', 'dark']) {
    const page = await browser.newPage();
    await page.setBypassCSP(true); // the page's own policy would refuse the checker
    await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
    await page.goto(url);
    await page.evaluate(axe);
    const {violations} = await page.evaluate(tags => globalThis.axe.run({runOnly: tags}), TAGS);
    for (const {id, impact, nodes} of violations) say(false, url, scheme, id, impact, nodes[0].html.slice(0, 160));
    say(true);
    await page.close();
  }
}

/** What the one small script does, under the page's own policy: a search for areas, and a due time that passes. */
async function script(browser, origin, folders) {
  for (const folder of folders.filter(folder => /^([a-z]{2}\/)?areas\/$/.test(folder))) {
    const url = origin + folder, page = await browser.newPage();
    await page.goto(url);
    const shown = () => page.evaluate(() => [...document.querySelectorAll('[data-find]')].filter(row => row.checkVisibility()).map(row => row.querySelector('a').textContent));
    const all = await shown();
    await page.keyboard.press('Tab');
    for (let steps = 0; steps < 20 && await page.evaluate(() => document.activeElement.id !== 'find'); steps++) await page.keyboard.press('Tab');
    await page.keyboard.type('e0r1 aa');
    const found = await shown();
    say(all.length > 3 && found.join() === 'North Shore,Larch Hill', url, 'postcode finds', found.join());
    await page.keyboard.down('Control');
    await page.keyboard.press('a');
    await page.keyboard.up('Control');
    await page.keyboard.type('zz');
    say(!(await shown()).length && await page.$eval('#none', none => none.textContent), url, 'says nothing where no area fits');
    await page.close();
  }
  for (const folder of folders.filter(folder => /^([a-z]{2}\/)?$/.test(folder))) {
    const url = origin + folder, page = await browser.newPage();
    // The browser's clock stands well before the city's, so no due time has passed.
    await page.evaluateOnNewDocument('Date.now = () => 0');
    await page.goto(url);
    say(await page.$eval('.board', board => !board.classList.contains('late')), url, 'is late before its time');
    await page.evaluateOnNewDocument('Date.now = () => 4e12');
    await page.reload();
    await page.waitForSelector('.board.late', {timeout: 2000}).catch(() => say(false, url, 'does not tell that a due time passed'));
    await page.close();
  }
}

/** What the keyboard reaches, in order: every link and control once, each visible and marked while it has the focus. */
async function keyboard(browser, url) {
  const page = await browser.newPage();
  await page.setViewport({width: 1280, height: 900});
  await page.goto(url);
  const wanted = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(each => each.checkVisibility()).length);
  const reached = new Set();
  for (let steps = 0; steps <= wanted; steps++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const each = document.activeElement, style = getComputedStyle(each), box = each.getBoundingClientRect();
      if (each === document.body) return null;
      each.dataset.step ??= document.querySelectorAll('[data-step]').length;
      return {step: each.dataset.step, marked: style.outlineStyle !== 'none', seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight, html: each.outerHTML.slice(0, 100)};
    });
    if (!at) break;
    reached.add(at.step);
    say(at.marked && at.seen, url, 'focus cannot be seen on', at.html);
  }
  say(reached.size === wanted, url, `the keyboard reaches ${reached.size} of ${wanted} links and controls`);
  await page.close();
}

const {server, origin} = await serve(site);
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'look-'));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME || execSync('command -v chromium').toString().trim(),
  userDataDir: profile,
  args: FLAGS,
});
const all = pages(site);
for (const folder of all) {
  const url = origin + folder;
  await read(browser, url);
  await judge(browser, url);
  await keyboard(browser, url);
}
await script(browser, origin, all);
await browser.close();
server.close();
fs.rmSync(profile, {recursive: true, force: true});
console.log(`${all.length} pages: ${held} checks held, ${failed} failed`);
process.exit(failed || !all.length ? 1 : 0);
