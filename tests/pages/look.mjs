// Looks at a built site as stressed readers meet it: axe-core in light and dark, reflow at 320 px, text spacing, no script,
// no request to anyone else, small enough for a bad line. One page of each kind, in each language.
//
//     node look.mjs SITE          (CHROME=path names another browser than Debian's chromium)
import {execSync} from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import puppeteer from 'puppeteer-core';

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

/** The folders of pages, by kind: of each kind and language the longest page, which has most to go wrong. */
function pages() {
  const kinds = new Map();
  for (const file of fs.readdirSync(site, {recursive: true}).map(String)) {
    if (!file.endsWith('.html') || fs.readFileSync(path.join(site, file), 'utf8').includes('http-equiv="refresh"')) continue;
    const kind = file.split('/').map((part, at, all) => at === all.length - 2 && all.length > 2 ? '*' : part).join('/')
      .replace(/history\/.*\/index/, 'history/*/index');
    const size = fs.statSync(path.join(site, file)).size;
    if (!kinds.has(kind) || kinds.get(kind).size < size) kinds.set(kind, {file, size});
  }
  return [...kinds.values()].map(({file}) => file.replace(/index\.html$/, ''));
}

function serve() {
  const types = {'.html': 'text/html; charset=utf-8', '.svg': 'image/svg+xml', '.json': 'application/json'};
  const server = http.createServer((request, response) => {
    let file = path.join(site, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    if (file.endsWith('/')) file += 'index.html';
    if (!file.startsWith(site) || !fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, {'content-type': types[path.extname(file)] ?? 'application/octet-stream'}).end(fs.readFileSync(file));
  });
  return new Promise(done => server.listen(0, '127.0.0.1', () => done(server)));
}

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

const server = await serve();
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'look-'));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME || execSync('command -v chromium').toString().trim(),
  userDataDir: profile,
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
const all = pages();
for (const folder of all) {
  const url = `http://127.0.0.1:${server.address().port}/${folder}`;
  await read(browser, url);
  await judge(browser, url);
}
await browser.close();
server.close();
fs.rmSync(profile, {recursive: true, force: true});
console.log(`${all.length} pages: ${held} checks held, ${failed} failed`);
process.exit(failed || !all.length ? 1 : 0);
