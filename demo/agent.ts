/** One agent's whole desktop, on any switch, configured by its query string (see README, "The agent page"). */
import '../src/components/define-all.js';
import type { SipProvider } from '../src/components/sip-provider/sip-provider.js';
import { CHANNELS, type SipService } from '../src/services/index.js';
import { CASE_SHARING, openCrm, SCREENS, showInteraction } from './interaction-screen.js';

declare global {
  interface Window {
    /** For scripts and tests: the shared service of this page. */
    deskside: { service: SipService };
  }
}

const query = new URLSearchParams(location.search);

/** The demo's own directory, for a page that names none. */
const DIRECTORY = 'data/agents.json';

/** Query parameter → attribute of the provider. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  server: 'server',
  address: 'address',
  name: 'display-name',
  user: 'auth-user',
  directory: 'directory',
  rights: 'rights',
  tabs: 'tabs',
  campaign: 'outbound-campaign',
};

/** Lists: comma-separated in the query, space-separated in the attribute. */
const LISTS: ReadonlySet<string> = new Set(['server', 'rights']);

function configure(provider: SipProvider): void {
  const password = query.get('password');
  if (password !== null) provider.credentials = password;
  for (const [name, attribute] of Object.entries(ATTRIBUTES)) {
    const value = query.get(name) ?? (name === 'directory' ? DIRECTORY : null);
    if (value !== null) provider.setAttribute(attribute, LISTS.has(name) ? value.replaceAll(',', ' ') : value);
  }
}

function showProblem(text: string): void {
  const line = document.querySelector<HTMLElement>('#problem');
  if (!line) return;
  line.textContent = text;
  line.hidden = text === '';
}

/** Whether a consult panel of this page shows the session. */
function inPanel(service: SipService, id: string): boolean {
  const session = service.snapshot.get(`session:${id}`);
  if (session?.direction !== 'outgoing' || !session.interaction) return false;
  return [...document.querySelectorAll('consult-panel')].some((panel) => panel.interaction?.id === session.interaction?.id);
}

/** Keeps one `<im-window>` for each session that is open in this tab. */
function showWindows(service: SipService, place: Element): void {
  const wanted = (service.snapshot.get('windows') ?? []).filter((id) => !inPanel(service, id));
  for (const element of [...place.children]) {
    if (!wanted.includes(element.getAttribute('session-id') ?? '')) element.remove();
  }
  for (const id of wanted) {
    if ([...place.children].some((element) => element.getAttribute('session-id') === id)) continue;
    const element = document.createElement('im-window');
    element.setAttribute('session-id', id);
    place.append(element);
  }
}

/** The interactions of the query, each with its CRM; without one a CRM that only answers. `host=none`: no CRM at all. */
async function showInteractions(provider: SipProvider): Promise<void> {
  const place = document.querySelector('#interaction');
  if (!place || query.get('host') === 'none') return;
  const wanted = (query.get('interaction') ?? '').split(',').filter((name) => SCREENS.some((screen) => screen === name));
  const adapters = await Promise.all(wanted.map((screen) => showInteraction(place, screen, showProblem)));
  if (adapters[0]) provider.hostAdapter = adapters[0];
  else {
    const { frame, adapter } = await openCrm(place, undefined);
    provider.hostAdapter = adapter;
    // The CRM shows the record; the page around makes room for it.
    provider.addEventListener('recordopen', () => {
      frame.hidden = false;
      frame.scrollIntoView({ block: 'nearest' });
    });
  }
}

function start(): void {
  const provider = document.querySelector<SipProvider>('sip-provider');
  const windows = document.querySelector('#windows');
  if (!provider || !windows) return;
  provider.addEventListener('serviceerror', (event) => showProblem(event.detail.message));
  provider.addEventListener('servicestate', (event) => event.detail.status === 'ready' && showProblem(''));
  configure(provider);
  const { service } = provider;
  window.deskside = { service };
  document.title = `${query.get('name') ?? query.get('user') ?? 'Agent'} · Deskside`;
  service.snapshot.subscribe('windows', () => showWindows(service, windows));
  showWindows(service, windows);
  if (!query.has('server') || !query.has('address')) {
    showProblem('This page needs a switch and an agent in its address: ?server=ws://…&address=sip:…&user=…&password=…');
  }
  provider.setAttribute('auto-login', CHANNELS.join(' '));
  provider.caseSharing = CASE_SHARING;
  showInteractions(provider).catch((error: unknown) => showProblem(error instanceof Error ? error.message : String(error)));
}

start();
