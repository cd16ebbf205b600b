// One reader's way in a real browser without script: subscribe, the mail, confirm, choose, mute, unsubscribe; then their data
// and an answer to a statement. Every page on the way is looked at by axe-core, in light and dark, and at 320 px.
//
//     node journey.mjs CANDOR [PICTURES]      (the program; a folder for screenshots)
import {execFileSync, spawn} from 'node:child_process';
import fs from 'node:fs';
import {createRequire} from 'node:module';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';

const [candor, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const wait = time => new Promise(done => setTimeout(done, time));
const must = (ok, ...words) => { if (!ok) throw new Error(words.join(' ')); };

/** A town with something going on, and the program serving it. */
async function town() {
  const site = fs.mkdtempSync(path.join(os.tmpdir(), 'candor-signup-'));
  const write = (name, text) => {
    const file = path.join(site, name), hourAgo = Date.now() / 1000 - 3600;
    fs.mkdirSync(path.dirname(file), {recursive: true});
    fs.writeFileSync(file, text);
    fs.utimesSync(file, hourAgo, hourAgo);
  };
  const zulu = minutes => new Date(Date.now() + minutes * 60000).toISOString().slice(0, 16).replace('T', ' ');
  write('candor.toml', 'name = "Town"\nbase_url = "https://status.town.example"\nid_domain = "town.example"\ntime_zone = "UTC"\nlanguages = ["en", "fr"]\npublish = "save"\ncontact = { phone = "+44 1632 960000", hours = "24 hours", place = "1 High Street" }\n');
  write('content/services.toml', '[[service]]\nid = "water"\nname = "Water"\ngroup = "Utilities"\n\n[[service]]\nid = "buses"\nname = "Buses"\ngroup = "Transport"\n');
  write('content/areas.toml', '[[area]]\nid = "north"\nname = "North side"\npostcodes = ["TN1"]\n\n[[area]]\nid = "mill"\nname = "Mill Lane"\npart_of = "north"\n');
  write('content/people.toml', '[[person]]\nid = "ann"\nname = "Ann Bell"\nrole = "Head of water"\nmail = "ann@town.example"\n');
  write('content/incidents/burst.md', `+++\ntitle = "Burst main in Mill Lane"\nseverity = "major"\nservices = ["water"]\nareas = ["mill"]\nowner = "ann"\nstarted = ${zulu(-9).replace(' ', 'T')}:00Z\n+++\n\nA water main in Mill Lane broke. Homes there have no water.\n\n## ${zulu(-4)} Investigating\n\nAffected: 40 homes, from our meters\nExpected fix: not known because we are still digging\n\nWe closed the road and are looking for the break. Nobody in Mill Lane has water at the moment.\n\n### What you can do\n\nFetch water from the stand-pipe at the corner of High Street.\n`);
  const port = 21400 + Math.floor(Math.random() * 100), url = `http://127.0.0.1:${port}`;
  write('candor.host.toml', `[http]\nlisten = "127.0.0.1:${port}"\npublic_url = "${url}"\n`);
  const program = spawn(candor, ['run'], {cwd: site, stdio: ['ignore', 'ignore', 'pipe']});
  let said = '';
  program.stderr.on('data', data => said += data);
  for (let tries = 0; ; tries++) {
    must(tries < 200 && program.exitCode === null, 'the program does not serve:', said);
    if ((await fetch(`${url}/readyz`).catch(() => null))?.ok) return {site, url, program, said: () => said};
    await wait(100);
  }
}

/** The newest mail to an address that holds some words. */
async function mail(site, to, words) {
  const folder = path.join(site, '.candor/mail/new');
  for (let tries = 0; tries < 200; tries++) {
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
      const text = fs.readFileSync(path.join(folder, name), 'utf8').replace(/=\r?\n/g, '').replace(/=3D/g, '=');
      if (text.includes(to) && text.includes(words)) return text;
    }
    await wait(100);
  }
  throw new Error(`no mail to ${to} with ${words}`);
}

const town_ = await town(), {site, url} = town_;
const browser = await puppeteer.launch({
  executablePath: process.env.CHROME ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-component-update'],
});
let looks = 0;
try {
  const page = await browser.newPage(), foreign = [];
  await page.setJavaScriptEnabled(false);
  page.on('request', request => { if (!request.url().startsWith(url) && !request.url().startsWith('data:')) foreign.push(request.url()); });

  /** Whether the page is sound, in light and dark, wide and narrow. */
  const look = async name => {
    for (const scheme of ['light', 'dark']) {
      await page.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      for (const width of [1280, 320]) {
        await page.setViewport({width, height: 900});
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        must(wide <= 0, name, 'is', wide, 'px too wide at', width);
        if (pictures) await page.screenshot({path: path.join(pictures, `${name}-${scheme}-${width}.png`), fullPage: true});
      }
      // axe needs scripts, which these pages forbid: it looks at a copy.
      const copy = await browser.newPage();
      await copy.setBypassCSP(true);
      await copy.emulateMediaFeatures([{name: 'prefers-color-scheme', value: scheme}]);
      await copy.setContent(await page.content());
      await copy.evaluate(axe);
      const found = await copy.evaluate(async tags => (await window.axe.run(document, {runOnly: tags}))
        .violations.map(({id, nodes}) => `${id}: ${nodes[0].html}`), TAGS);
      await copy.close();
      must(found.length === 0, name, scheme, found.join('\n'));
      looks++;
    }
    await page.setViewport({width: 400, height: 800});
  };
  const says = async words => {
    const text = await page.evaluate(() => document.body.innerText);
    must(text.includes(words), `no "${words}" in\n${text}`);
  };
  const press = async selector => {
    await Promise.all([page.waitForNavigation(), page.click(selector)]);
  };
  await page.goto(`${url}/subscribe`);
  await look('subscribe');
  await page.type('#email', 'reader@mail.example');
  await page.click('input[name=service][value=water]');
  await page.type('#postcode', 'TN1 4XX');
  await page.click('input[name=pace][value=news]');
  await press('.ask button');
  await says('Look into your mailbox');
  await look('sent');

  const confirm = (await mail(site, 'reader@mail.example', '/c/')).match(/http:\S+\/c\/\S+/)[0];
  await page.goto(confirm);
  await says('Water; North side');
  await look('confirm');
  await press('.ask button');
  await says('You are signed up');
  await look('confirmed');

  const told = await mail(site, 'reader@mail.example', 'Burst main in Mill Lane');
  const link = letter => told.match(new RegExp(`http:\\S+/${letter}/[^\\s>]+`))[0];
  await page.goto(link('p'));
  await says('reader@mail.example');
  must(await page.$eval('input[value=news]', radio => radio.checked), 'the pace is as it was chosen');
  await look('preferences');
  await page.click('input[name=pace][value=digest]');
  await press('.ask button');
  await says('Your choice is kept');
  await page.goto(link('p'));
  must(await page.$eval('input[value=digest]', radio => radio.checked), 'the choice is kept');

  await page.goto(link('f'));
  await says('Burst main in Mill Lane');
  await look('feedback');
  await page.click('input[name=helped][value=no]');
  await page.type('#words', 'When will it be over?');
  await press('.ask button');
  await says('Thank you');
  must((await mail(site, 'ann@town.example', 'When will it be over?')).includes('No: 1'), 'the owner is told');

  await page.goto(link('m'));
  await says('Burst main in Mill Lane');
  await look('mute');
  await press('.ask button');
  await says('You get no more mail about this');

  await page.goto(link('u'));
  await look('unsubscribe');
  await press('.ask button');
  await says('You get no more mail from us');
  await look('left');

  await Promise.all([page.waitForNavigation(), page.click('main a')]);
  await look('data');
  await page.click('input[name=sure]');
  await press('button.grave');
  await says('Everything about you is erased');
  must(foreign.length === 0 || foreign.every(at => at.startsWith('https://status.town.example')), 'asked elsewhere:', foreign.join(' '));

  const card = execFileSync(candor, ['scorecard', '--format', 'json'], {cwd: site, encoding: 'utf8'});
  must(JSON.parse(card).months[0].answers.no === 1, 'the scorecard counts the answer:', card);
  const list = execFileSync(candor, ['subscribers', 'list'], {cwd: site, encoding: 'utf8'});
  must(!list.includes('reader@'), 'nothing is left:', list);
  console.log(`the whole way, and ${looks} looks at its pages: sound`);
} catch (error) {
  console.error(town_.said());
  throw error;
} finally {
  await browser.close();
  town_.program.kill('SIGTERM');
  await new Promise(done => town_.program.on('exit', done));
  fs.rmSync(site, {recursive: true, force: true});
}
