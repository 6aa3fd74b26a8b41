/** Kate's desk with an interaction of each of the four media, on the switch that `npm start` runs. */
import { SCREENS } from './interaction-screen.js';

async function open(): Promise<void> {
  const answer = await fetch('switch.json');
  if (!answer.ok) throw new Error(`switch.json: ${answer.status}`);
  const { url } = (await answer.json()) as { url: string };
  const query = new URLSearchParams({
    server: url,
    address: 'sip:kate@deskside.test',
    name: 'Kate Lewis',
    user: 'kate',
    password: 'kate-secret',
  });
  query.set('interaction', SCREENS.join(','));
  location.replace(`agent.html?${query}`);
}

open().catch(() => {
  const line = document.querySelector('#problem');
  if (line) line.textContent = 'No switch found. Start this page with "npm start".';
});
