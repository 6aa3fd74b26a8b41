/** Watches everything that a page can keep: each write is noted, wherever it goes. */

/** What was written. */
export interface Write {
  readonly where: 'localStorage' | 'sessionStorage' | 'indexedDB' | 'caches' | 'cookie' | 'files';
  readonly what: string;
}

/** Notes writes until `restore`. */
export interface StorageWatch {
  readonly writes: readonly Write[];
  restore(): void;
}

/** Replaces a method of an object for a while. @returns its undo */
function replace(target: object, name: string, make: (real: (...parameters: unknown[]) => unknown) => unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  const real = Reflect.get(target, name) as (...parameters: unknown[]) => unknown;
  Object.defineProperty(target, name, { configurable: true, writable: true, value: make(real) });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

function watchCookies(note: (what: string) => void): () => void {
  Object.defineProperty(document, 'cookie', { configurable: true, get: () => '', set: (value: unknown) => note(String(value)) });
  return () => Reflect.deleteProperty(document, 'cookie');
}

/** Begins to watch. */
export function watchStorages(): StorageWatch {
  const writes: Write[] = [];
  const noted = (where: Write['where']) => (real: (...parameters: unknown[]) => unknown) =>
    function (this: unknown, ...parameters: unknown[]): unknown {
      writes.push({ where: this === localStorage ? 'localStorage' : where, what: JSON.stringify(parameters) });
      return Reflect.apply(real, this, parameters);
    };
  const undo = [
    replace(Storage.prototype, 'setItem', noted('sessionStorage')),
    replace(IDBFactory.prototype, 'open', noted('indexedDB')),
    ...('caches' in globalThis ? [replace(CacheStorage.prototype, 'open', noted('caches'))] : []),
    ...('storage' in navigator && 'getDirectory' in navigator.storage
      ? [replace(StorageManager.prototype, 'getDirectory', noted('files'))]
      : []),
    watchCookies((what) => writes.push({ where: 'cookie', what })),
  ];
  return { writes, restore: () => undo.forEach((one) => one()) };
}
