// npm `statuspage.io` reads the interface: node statuspage.js SITE_URL INDICATOR INCIDENT
const {Statuspage} = require('statuspage.io');
const [url, indicator, incident] = process.argv.slice(2);
const client = new Statuspage('candor');
client.setApiUrl(url);
(async () => {
  const summary = await client.api.getSummary();
  const answer = summary.data ?? summary;
  if (answer.status.indicator !== indicator) throw new Error(`state ${answer.status.indicator}`);
  if (answer.incidents[0].name !== incident) throw new Error(`incident ${answer.incidents[0].name}`);
})().catch(error => { console.log(String(error)); process.exit(1); });
