/** The engine as tabs share it. Loaded on first use, like the engine itself: elements alone need none of it. */
import type { Engine } from './engine.js';
import { LocalBus } from './service/command-bus.js';
import { TabsBus } from './tabs/tabs-bus.js';
import type { TabsHost } from './tabs/tabs-host.js';

/** Makes it; the engine proper runs in whichever tab leads. */
export function createSharedEngine(host: TabsHost): Engine {
  return new TabsBus(host, (own) => new LocalBus(own));
}
