/** The CRM in a frame, reached by `postMessage`, and beside it the consult panel of the interaction that the CRM shows. */
import type { ConsultPanel } from '../src/components/consult-panel/consult-panel.js';
import { callHost } from '../src/services/hosts/call-host.js';
import type { HostAdapter } from '../src/services/hosts/host-adapter.js';
import { createPostMessageAdapter } from '../src/services/hosts/postmessage-adapter.js';
import { browserEnvironment, type CaseSharing } from '../src/services/index.js';

/** The screens there are. */
export const SCREENS = ['voice', 'email', 'chat', 'workitem'] as const;

/** What this contact centre lets out: everything but the address; of the contact a few fields, for colleagues without a CRM of their own. */
export const CASE_SHARING: CaseSharing = {
  keys: [
    'type',
    'priority',
    'reason',
    'segment',
    'product',
    'serial',
    'bought',
    'card',
    'invoice',
    'amount',
    'iban',
    'order',
    'carrier',
    'due',
    'account',
  ],
  notificationKeys: ['type', 'priority', 'reason', 'segment'],
  contactFields: ['Name', 'Language', 'Customer since'],
};

const loaded = (frame: HTMLIFrameElement): Promise<unknown> =>
  new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));

/** Address of the CRM's page: of this page's own origin, or of the one named, as real CRMs are. @throws TypeError where it is no address */
function crmPage(origin: string | null): URL {
  const page = new URL('host.html', location.href);
  const { protocol, host } = new URL(origin ?? page);
  return Object.assign(page, { protocol, host });
}

/** A CRM in a frame. @param screen what it shows; nothing for one that only answers */
export async function openCrm(place: Element, screen: string | undefined): Promise<{ frame: HTMLIFrameElement; adapter: HostAdapter }> {
  const frame = document.createElement('iframe');
  const query = new URLSearchParams(location.search);
  const address = new URLSearchParams(screen ? { screen } : {});
  for (const name of ['faulty', 'telephone']) {
    const value = query.get(name);
    if (value) address.set(name, value);
  }
  const page = crmPage(query.get('crm'));
  if (page.origin !== location.origin) address.set('page', location.origin);
  page.search = address.toString();
  frame.src = page.href;
  frame.title = 'CRM';
  frame.className = 'crm-frame';
  frame.hidden = screen === undefined;
  const ready = loaded(frame);
  place.append(frame);
  await ready;
  const host = frame.contentWindow;
  if (!host) throw new Error('The frame of the CRM has no window.');
  const adapter = createPostMessageAdapter({ host, origin: page.origin, environment: browserEnvironment() });
  await adapter.ready;
  return { frame, adapter };
}

/** Gives the panel what the CRM says is under way, now and after each change. */
async function follow(adapter: HostAdapter, panel: ConsultPanel): Promise<void> {
  panel.interaction = await callHost({
    what: 'active interaction',
    call: (options) => adapter.activeInteraction?.(options) ?? Promise.resolve(null),
  });
}

/** Shows one interaction: the CRM's screen and the panel. */
export async function showInteraction(place: Element, screen: string, onError: (message: string) => void): Promise<HostAdapter> {
  const section = document.createElement('section');
  section.className = 'interaction';
  section.setAttribute('aria-label', 'Interaction');
  const panel = document.createElement('consult-panel');
  panel.setAttribute('media', screen);
  section.append(panel);
  place.append(section);
  const { frame, adapter } = await openCrm(section, screen);
  frame.title = `CRM: ${screen}`;
  const refresh = (): void => {
    follow(adapter, panel).catch((error: unknown) => onError(error instanceof Error ? error.message : String(error)));
  };
  adapter.subscribe?.(refresh);
  refresh();
  return adapter;
}
