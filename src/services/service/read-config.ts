/** Takes settings from the page into the settings that hold. */
import { DEFAULT_CONFIG, type ServiceConfig } from '../service-config.js';

/** The settings with some replaced; one that is set to undefined falls back to its default. */
export function withSettings(before: ServiceConfig, changes: Partial<ServiceConfig>): ServiceConfig {
  const known = Object.keys(DEFAULT_CONFIG) as (keyof ServiceConfig)[];
  const given = known.filter((key) => key in changes).map((key) => [key, changes[key] ?? DEFAULT_CONFIG[key]]);
  return Object.freeze({ ...before, ...(Object.fromEntries(given) as Partial<ServiceConfig>) });
}
