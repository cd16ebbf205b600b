// Judges every content security policy of a built site with Google's evaluator: node policy.mjs SITE
import {createRequire} from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
const require = createRequire(import.meta.url);
const {CspEvaluator} = require('csp_evaluator/dist/evaluator.js');
const {CspParser} = require('csp_evaluator/dist/parser.js');
const {Severity} = require('csp_evaluator/dist/finding.js');

/** What is wrong with a policy, worse than a hint. */
const faults = policy => new CspEvaluator(new CspParser(policy).csp).evaluate()
  .filter(finding => finding.severity <= Severity.MEDIUM_MAYBE && finding.severity !== Severity.STRICT_CSP)
  .map(finding => `${finding.directive}: ${finding.description}`);

const policies = new Set();
const site = process.argv[2];
for (const line of fs.readFileSync(path.join(site, '_headers'), 'utf8').split('\n')) {
  const found = line.match(/^\s+Content-Security-Policy: (.*)$/);
  if (found) policies.add(found[1]);
}
for (const file of fs.readdirSync(site, {recursive: true}).map(String).filter(name => name.endsWith('.html'))) {
  const found = fs.readFileSync(path.join(site, file), 'utf8').match(/http-equiv="Content-Security-Policy" content="([^"]*)"/);
  if (!found) { console.log(`${file} has no policy`); process.exitCode = 1; continue; }
  policies.add(found[1].replaceAll('&#39;', "'").replaceAll('&#x27;', "'"));
}
if (!faults("script-src 'unsafe-inline' *").length) { console.log('the evaluator finds nothing in a bad policy'); process.exitCode = 1; }
for (const policy of policies) for (const fault of faults(policy)) { console.log(policy, '\n  ', fault); process.exitCode = 1; }
console.log(`${policies.size} policies`);
