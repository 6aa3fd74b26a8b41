/**
 * A CRM's page: the screen of one interaction, and the other end of the `postmessage` host adapter for the page around this frame.
 * `?screen=voice|email|chat|workitem`; without it a CRM that has contacts and history and nothing under way. `&page=` is the origin of the page
 * around, where that is not this one's.
 */
import { createStaticAdapter } from '../src/services/hosts/static-adapter.js';
import type { HostAdapter } from '../src/services/hosts/host-adapter.js';
import { serveHostFrame } from '../src/services/hosts/postmessage-host.js';
import type { Interaction, InteractionMedia } from '../src/services/index.js';
import { createCall } from './crm/call.js';
import { loadRecords } from './crm/records.js';
import { showRecord } from './crm/record.js';
import { showScreen } from './crm/screen.js';

const query = new URLSearchParams(location.search);

/** Names of this machine. A CRM has a list of the pages that it trusts; this one trusts those that the same demo server shows. */
const OWN_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

/** Origin of the page around, where it is to be trusted; this page's own otherwise. */
function pageAround(): string {
  const page = query.get('page') ?? '';
  const named = URL.canParse(page) ? new URL(page) : undefined;
  const trusted = named && OWN_NAMES.has(named.hostname) && OWN_NAMES.has(location.hostname) && named.port === location.port;
  return trusted ? named.origin : location.origin;
}

async function start(): Promise<void> {
  const known = await loadRecords();
  const { interactions, contacts, history } = known;
  const screen = query.get('screen') as InteractionMedia | null;
  let interaction: Interaction | null = screen && Object.hasOwn(interactions, screen) ? interactions[screen] : null;
  const records = createStaticAdapter({ interaction, contacts, history, openRecord: (record) => showRecord(known, record) });
  const call =
    interaction?.media === 'voice'
      ? createCall(interaction.id, interaction.party, () => changed(), {
          faulty: query.get('faulty'),
          consults: query.get('telephone') === 'own',
        })
      : undefined;
  const adapter: HostAdapter = {
    ...records,
    name: 'Northwind CRM',
    capabilities: { ...records.capabilities, callControl: call !== undefined, log: true },
    callState: () => Promise.resolve(call?.state ?? null),
    callStates: () => Promise.resolve(call?.states ?? []),
    callAction: (callId, action, target) =>
      call ? Promise.resolve().then(() => call.act(action, target, callId)) : Promise.reject(new Error('There is no call here.')),
    log: () => Promise.resolve(),
  };
  const change = (next: Interaction): void => {
    interaction = next;
    records.setInteraction(next);
    draw();
  };
  /** The telephone did something: whoever listens asks for the calls again. */
  const changed = (): void => {
    records.setInteraction(interaction);
    draw();
  };
  /** The page is drawn from what is so now; fields that a person is in are left alone. */
  function draw(): void {
    if (interaction) showScreen({ interaction, ...(call ? { call } : {}), change });
  }
  draw();
  if (parent === window) return;
  const served = serveHostFrame({ frame: parent, origin: pageAround(), adapter });
  addEventListener('message', () => {
    const refused = document.querySelector('#refused');
    if (refused) refused.textContent = `${served.refused} refused`;
  });
}

void start();
