// Atlassian's status widget on a page of another origin: node widget.mjs SITE_URL WORDS
// Exit code 1 where it does not show the words. CHROME=path names another browser than Debian's chromium.
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {execSync} from 'node:child_process';
import puppeteer from 'puppeteer-core';

const [site, words] = process.argv.slice(2);
const folder = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), 'node_modules/@statuspage/status-widget/dist');
const server = http.createServer((request, response) => {
  const file = path.join(folder, request.url);
  if (request.url !== '/' && fs.existsSync(file)) return response.writeHead(200, {'content-type': 'text/javascript'}).end(fs.readFileSync(file));
  response.writeHead(200, {'content-type': 'text/html'}).end(
    `<!doctype html><title>Another site</title><statuspage-widget src="${site}"></statuspage-widget><script src="/index.js"></script>`);
});
await new Promise(done => server.listen(0, '127.0.0.1', done));
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME ?? execSync('command -v chromium', {encoding: 'utf8'}).trim(),
  userDataDir: fs.mkdtempSync(path.join(os.tmpdir(), 'widget-')),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
const told = [];
page.on('console', message => told.push(message.text()));
page.on('pageerror', error => told.push(String(error)));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
let shown = '';
for (let tries = 0; tries < 50 && !shown.includes(words); tries++) {
  await new Promise(done => setTimeout(done, 100));
  shown = await page.evaluate(() => {
    const text = node => node.nodeType === 3 ? node.data : node.localName === 'style' ? '' : [...(node.shadowRoot ? [node.shadowRoot] : []), ...node.childNodes].map(text).join(' ');
    return text(document.body).replace(/\s+/g, ' ');
  });
}
await browser.close();
server.close();
if (!shown.includes(words)) { console.log(`the widget shows ${JSON.stringify(shown)} and not ${JSON.stringify(words)}`, told); process.exit(1); }
