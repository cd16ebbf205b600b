// Lighthouse, as on a mid-range phone with a slow line, on one page of each kind: 99 or more in every category.
//
//     node lighthouse.mjs SITE [PAGE...]         (CHROME=path names another browser than Debian's chromium)
import {execSync} from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';
import {FLAGS, pages, serve} from './site.mjs';

const LEAST = 0.99;
/** Its crawler fetches robots.txt from within the page, which the page's own policy rightly forbids: a false alarm. */
const FALSE_ALARMS = ['robots-txt'];
/** These ask search engines to leave them out, on purpose: nothing is there, or it stands within another page. */
const UNLISTED = ['404.html', 'embed/'];

const site = path.resolve(process.argv[2]);
const profile = fs.mkdtempSync(path.join(os.tmpdir(), 'lighthouse-'));
const {server, origin} = await serve(site);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME || execSync('command -v chromium').toString().trim(), userDataDir: profile, args: FLAGS,
});
const port = Number(new URL(browser.wsEndpoint()).port);

/** The scores by category, and what took points away. */
async function judged(folder) {
  const skipAudits = UNLISTED.includes(folder) ? [...FALSE_ALARMS, 'is-crawlable'] : FALSE_ALARMS;
  const {lhr} = await lighthouse(origin + folder, {port, output: 'json', logLevel: 'silent', skipAudits});
  if (lhr.runtimeError) throw new Error(`/${folder}: ${lhr.runtimeError.message}`);
  return Object.values(lhr.categories).map(({id, score, auditRefs}) => {
    const lost = auditRefs.map(({id, weight}) => ({...lhr.audits[id], weight})).filter(({score, weight}) => weight && score !== null && score < 0.99);
    return {id, score, lost: lost.map(({id, displayValue, explanation}) => [id, displayValue, explanation].filter(Boolean).join(' '))};
  });
}

/** Of the default language one page of each kind; of the others, which differ in their words alone, the front page. */
function chosen() {
  const all = pages(site), others = all.filter(folder => fs.existsSync(path.join(site, folder, 'feed.atom')) && /^[^/]+\/$/.test(folder));
  return all.filter(folder => others.includes(folder) || !others.some(other => folder.startsWith(other)));
}

let failed = 0;
const wanted = process.argv.slice(3);
const all = wanted.length ? wanted : chosen();
for (const folder of all) {
  let scores = await judged(folder);
  // A machine that does something else at that moment measures a slow page, once.
  if (scores.some(({score}) => score < LEAST)) scores = await judged(folder);
  console.log(`/${folder}`.padEnd(48), scores.map(({id, score}) => `${id} ${Math.round(score * 100)}`).join(', '));
  for (const {id, score, lost} of scores.filter(({score}) => score < LEAST)) {
    failed++;
    console.log('FAIL', `/${folder}`, id, Math.round(score * 100), ...lost);
  }
}
await browser.close();
server.close();
fs.rmSync(profile, {recursive: true, force: true});
process.exit(failed || !all.length ? 1 : 0);
