/** sip.js without a voice: its own logger writes message texts to the console, and formats every line before it throws it away. */
import { LoggerFactory } from 'sip.js/lib/core/index.js';

const nothing = (): void => undefined;

/** Loggers that do nothing at all. */
export function silentLoggers(): LoggerFactory {
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  const logger = Object.assign(factory.getLogger('deskside'), { error: nothing, warn: nothing, log: nothing, debug: nothing });
  return Object.assign(factory, { getLogger: () => logger, genericLog: nothing });
}
