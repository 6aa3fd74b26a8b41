/** The demonstration: two agents side by side, each in a frame of their own, on the switch that `npm start` runs. */

interface DemoAgent {
  readonly address: string;
  readonly name: string;
  readonly user: string;
  readonly password: string;
  /** Interaction screen to begin with. */
  readonly interaction?: string;
}

const AGENTS: readonly DemoAgent[] = [
  { address: 'sip:kate@deskside.test', name: 'Kate Lewis', user: 'kate', password: 'kate-secret', interaction: 'voice' },
  { address: 'sip:john@deskside.test', name: 'John Davis', user: 'john', password: 'john-secret' },
];

/** Who makes three: on a page of their own. */
const THIRD: DemoAgent = { address: 'sip:aki@deskside.test', name: 'Aki Mori', user: 'aki', password: 'aki-secret' };

function agentUrl(server: string, agent: DemoAgent): string {
  const query = new URLSearchParams({ server, address: agent.address, name: agent.name, user: agent.user, password: agent.password });
  query.set('directory', 'data/agents.json');
  if (agent.interaction) query.set('interaction', agent.interaction);
  return `agent.html?${query}`;
}

function desk(server: string, agent: DemoAgent): HTMLElement {
  const section = document.createElement('section');
  section.className = 'desk-frame';
  const heading = document.createElement('h2');
  const link = document.createElement('a');
  link.href = agentUrl(server, agent);
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = 'Open in a tab of its own';
  heading.append(`${agent.name}'s desk`, link);
  const frame = document.createElement('iframe');
  frame.title = `${agent.name}'s desk`;
  frame.name = agent.user;
  frame.allow = 'microphone; autoplay; speaker-selection; clipboard-write';
  frame.src = agentUrl(server, agent);
  section.append(heading, frame);
  return section;
}

/** The WebSocket URL of the switch: from the query, else from the server of this page. */
async function findSwitch(): Promise<{ url: string; kind?: string }> {
  const given = new URLSearchParams(location.search).get('server');
  if (given) return { url: given, kind: 'given' };
  const answer = await fetch('switch.json');
  if (!answer.ok) throw new Error(`switch.json: ${answer.status}`);
  return (await answer.json()) as { url: string; kind?: string };
}

const KINDS: Readonly<Record<string, string>> = {
  embedded: 'Embedded switch (for demonstration and tests only)',
  kamailio: 'Kamailio',
  given: 'Switch from the query string',
};

function setTheme(dark: boolean): void {
  const apply = (page: Document | null): void => {
    page?.documentElement.classList.toggle('dark', dark);
    page?.documentElement.classList.toggle('light', !dark);
    for (const frame of page?.querySelectorAll('iframe') ?? []) apply(frame.contentDocument);
  };
  apply(document);
  document.querySelector('#theme')?.setAttribute('aria-pressed', String(dark));
}

async function start(): Promise<void> {
  const state = document.querySelector<HTMLElement>('#switch');
  const desks = document.querySelector('#desks');
  if (!state || !desks) return;
  try {
    const { url, kind } = await findSwitch();
    state.textContent = `${KINDS[kind ?? ''] ?? 'SIP switch'} · ${url}`;
    document.querySelector('#third')?.setAttribute('href', agentUrl(url, THIRD));
    desks.replaceChildren(...AGENTS.map((agent) => desk(url, agent)));
  } catch {
    state.textContent = 'No switch found. Start this page with "npm start", or add ?server=wss://… to the address.';
  }
  let dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.querySelector('#theme')?.addEventListener('click', () => setTheme((dark = !dark)));
  document.querySelectorAll('iframe').forEach((frame) => frame.addEventListener('load', () => setTheme(dark)));
}

void start();
