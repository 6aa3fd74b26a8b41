/** The other end of `postmessage-adapter.ts`: for the page around a frame in which Deskside runs. */
import type { HostAdapter } from './host-adapter.js';
import { exactOrigin, readFrameMessage, seal, type FrameMessage, type HostMessage, type HostMethod } from './postmessage-protocol.js';
import { readArguments } from './read-frame.js';

/** What the host's page gives. */
export interface HostFrameOptions {
  /** The frame's window (`iframe.contentWindow`). */
  readonly frame: Window;
  /** The frame's exact origin. */
  readonly origin: string;
  /** What the host can do. Only methods whose capability flag is set are answered. */
  readonly adapter: HostAdapter;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

/** Method → the capability that allows it. */
const CAPABILITY: Readonly<Record<HostMethod, keyof HostAdapter['capabilities']>> = {
  activeInteraction: 'interaction',
  contact: 'contact',
  searchHistory: 'history',
  callState: 'callControl',
  callStates: 'callControl',
  callAction: 'callControl',
  notify: 'notify',
  setBadge: 'badge',
  resize: 'resize',
  reveal: 'reveal',
  openRecord: 'openRecord',
  log: 'log',
};

/** Methods that take options with a signal as their last argument. */
const WITHOUT_OPTIONS: ReadonlySet<HostMethod> = new Set<HostMethod>(['setBadge', 'resize', 'reveal']);

/**
 * Answers a frame. Returns a view of how many messages were refused.
 * @throws ServiceError `configuration` where the origin is not exact
 */
export function serveHostFrame({ frame, origin, adapter, signal }: HostFrameOptions): { readonly refused: number } {
  const exact = exactOrigin(origin);
  const running = new Map<string, AbortController>();
  let refused = 0;
  const post = (message: HostMessage): void => frame.postMessage(seal(message), exact);
  const tellCapabilities = (): void => post({ kind: 'capabilities', name: adapter.name, capabilities: { ...adapter.capabilities } });

  /** Counts it, and tells the frame so: it can mend what it asked. */
  function refuse({ id, method }: Extract<FrameMessage, { kind: 'request' }>): void {
    refused += 1;
    post({ kind: 'response', id, ok: false, message: `This page refused a malformed ${method}.` });
  }

  async function answer(request: Extract<FrameMessage, { kind: 'request' }>): Promise<void> {
    const args = readArguments(request.method, request.args);
    if (!args) {
      refuse(request);
      return;
    }
    const controller = new AbortController();
    running.set(request.id, controller);
    try {
      const value = await invoke(adapter, request.method, args, controller.signal);
      post({ kind: 'response', id: request.id, ok: true, value: value ?? null });
    } catch (error) {
      // Only words that are meant for others leave: the message of an error, never the error.
      post({ kind: 'response', id: request.id, ok: false, message: error instanceof Error ? error.message : 'The host refused.' });
    } finally {
      running.delete(request.id);
    }
  }

  addEventListener(
    'message',
    (event) => {
      const fromFrame = event.source === frame && event.origin === exact;
      const message = readFrameMessage(event.data);
      if (!fromFrame || !message) refused += fromFrame || message ? 1 : 0;
      else if (message.kind === 'hello') tellCapabilities();
      else if (message.kind === 'abort') running.get(message.id)?.abort();
      else void answer(message);
    },
    signal ? { signal } : {},
  );
  adapter.subscribe?.(tellCapabilities, signal ? { signal } : {});
  tellCapabilities();
  return {
    get refused() {
      return refused;
    },
  };
}

/** Calls one method of the adapter with what the frame sent. */
async function invoke(adapter: HostAdapter, method: HostMethod, args: readonly unknown[], signal: AbortSignal): Promise<unknown> {
  const call = adapter[method] as ((...args: unknown[]) => unknown) | undefined;
  if (!call || adapter.capabilities[CAPABILITY[method]] !== true) throw new Error(`This page offers no ${method}.`);
  return await call.apply(adapter, WITHOUT_OPTIONS.has(method) ? [...args] : [...args, { signal }]);
}
