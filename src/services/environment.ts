/**
 * The one seam to the world outside: wall clock, timers, randomness, sockets and storage.
 * Production code takes an `Environment` and never touches the globals, so that tests run on fake ones.
 */

/** Handle of a timer; opaque. */
export type TimerHandle = unknown;

/** The key/value part of the Web Storage interface that is used here. Every method may throw (full disk, blocked storage). */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Microphone, speaker and connections of calls. */
export interface MediaPlatform {
  /** Asks for the microphone; rejects with the browser's `DOMException`. */
  openMicrophone(constraints: MediaTrackConstraints): Promise<MediaStream>;
  /** Every device; without names until the microphone was allowed once. */
  devices(): Promise<readonly MediaDeviceInfo[]>;
  /** Calls `listener` when devices come or go. */
  onDevices(listener: () => void, options: { signal: AbortSignal }): void;
  connect(configuration: RTCConfiguration): RTCPeerConnection;
  createAudio(): HTMLAudioElement;
  createContext(): AudioContext;
}

/** The part of Web Locks that is used here (W3C Web Locks API, 3). Every call may throw or reject where the page's storage is blocked. */
export interface TabLocks {
  /** Runs `task` while the lock is held; rejects with an `AbortError` when the signal ends the waiting, or another one steals the lock. */
  request<T>(name: string, options: { signal?: AbortSignal; steal?: boolean; ifAvailable?: boolean }, task: LockTask<T>): Promise<T>;
}

/** What is done while a lock is held; null where it was not available. */
export type LockTask<T> = (lock: object | null) => Promise<T> | T;

/** The part of BroadcastChannel that is used here. */
export interface TabChannel {
  postMessage(message: string): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

/** What the services need of the platform. */
export interface Environment {
  /** Wall-clock time in ms since the epoch. */
  now(): number;
  /** Runs `callback` once after `ms` milliseconds. */
  setTimeout(callback: () => void, ms: number): TimerHandle;
  /** Cancels what `setTimeout` started; an unknown or ended handle does nothing. */
  clearTimeout(handle: TimerHandle): void;
  /** A new unguessable id (RFC 4122 text form). */
  randomId(): string;
  /** A number in [0, 1), for jitter. */
  random(): number;
  /** Opens a WebSocket (RFC 7118 passes `['sip']`). Throws on a malformed URL. */
  openSocket(url: string, protocols: string[]): WebSocket;
  /**
   * Asks the page for a frame, which draws what is changed until then. Asked for when a text arrives, before it is read: a browser takes a millisecond
   * or two to begin a frame. Absent where there is no page.
   */
  frameSoon?(): void;
  /** Calls `listener` when the network came back or the page became visible again; absent where the platform does not tell. */
  onWake?(listener: () => void, options: { signal: AbortSignal }): void;
  /** Makes the browser ask before the page is left, and calls `left` when it is; absent where the platform has no pages. */
  onLeave?(left: () => void, options: { signal: AbortSignal }): void;
  /** For calls; absent outside secure contexts, and where the browser has no WebRTC. */
  readonly media?: MediaPlatform;
  /** Calls `pause` when the page is about to stand still (frozen, or kept for the back button), `resume` when it goes on. */
  onPause?(listeners: { pause: () => void; resume: () => void }, options: { signal: AbortSignal }): void;
  /** Web Locks of this origin (shared by all tabs of one browser profile); absent where there are none, as in insecure contexts. */
  readonly locks?: TabLocks;
  /** Opens a broadcast channel between the tabs of this origin; may throw; absent where there is none. */
  openChannel?(name: string): TabChannel;
  /** Per-agent settings (favorites, recents, zoom); absent where the platform has none. */
  readonly settings?: KeyValueStorage;
  /** Calls `listener` with the key (null: everything) when another tab has changed what is kept in `settings`; absent where the platform does not tell. */
  onSettings?(listener: (key: string | null) => void, options: { signal: AbortSignal }): void;
  /** What one tab keeps over a reload; absent where the platform has none. */
  readonly tabStorage?: KeyValueStorage;
}

/** Reads a storage property; the getter itself throws where storage is blocked. */
function storage(name: 'localStorage' | 'sessionStorage'): KeyValueStorage | undefined {
  try {
    return globalThis[name];
  } catch {
    return undefined;
  }
}

/** `crypto.randomUUID` exists in secure contexts only; `getRandomValues` exists everywhere. */
function randomId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** One question at a time: in a flood, and in a hidden page, no others wait behind it. */
function framesOf(): (() => void) | undefined {
  if (typeof requestAnimationFrame !== 'function') return undefined;
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => (asked = false));
  };
}

/** The browser tells of the network by `online`, of the page by `visibilitychange`, and of a page out of its cache by `pageshow`. */
function onWake(listener: () => void, { signal }: { signal: AbortSignal }): void {
  globalThis.addEventListener('online', listener, { signal });
  globalThis.addEventListener('pageshow', listener, { signal });
  document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && listener(), { signal });
}

/** The words of the question are the browser's own. A page that is only put into its cache is not left. */
function onLeave(left: () => void, { signal }: { signal: AbortSignal }): void {
  globalThis.addEventListener('beforeunload', (event) => event.preventDefault(), { signal });
  globalThis.addEventListener('pagehide', ({ persisted }) => !persisted && left(), { signal });
}

/** An insecure page has no `mediaDevices`, whatever the types say. */
function mediaPlatform(): MediaPlatform | undefined {
  if (!globalThis.isSecureContext || typeof RTCPeerConnection !== 'function' || !('mediaDevices' in navigator)) return undefined;
  const { mediaDevices } = navigator;
  return {
    openMicrophone: (audio) => mediaDevices.getUserMedia({ audio, video: false }),
    devices: () => mediaDevices.enumerateDevices(),
    onDevices: (listener, { signal }) => mediaDevices.addEventListener('devicechange', listener, { signal }),
    connect: (configuration) => new RTCPeerConnection(configuration),
    createAudio: () => new Audio(),
    createContext: () => new AudioContext(),
  };
}

/** Frozen tabs and pages in the back-forward cache stand still with their sockets dead; both say so before (Page Lifecycle, W3C). */
function onPause({ pause, resume }: { pause: () => void; resume: () => void }, { signal }: { signal: AbortSignal }): void {
  globalThis.addEventListener('pagehide', pause, { signal });
  globalThis.addEventListener('pageshow', resume, { signal });
  document.addEventListener('freeze', pause, { signal });
  document.addEventListener('resume', resume, { signal });
}

/** The browser tells every tab but the one that wrote (HTML, Web storage). */
function onSettings(listener: (key: string | null) => void, { signal }: { signal: AbortSignal }): void {
  globalThis.addEventListener('storage', ({ key, storageArea }) => storageArea === storage('localStorage') && listener(key), { signal });
}

/** Web Locks, where the page may use them; the getter is missing in insecure contexts. */
function tabLocks(): TabLocks | undefined {
  return (navigator as { readonly locks?: TabLocks }).locks;
}

/** The browser's own clock, timers, randomness, sockets and storage. */
export function browserEnvironment(): Environment {
  const settings = storage('localStorage');
  const tabStorage = storage('sessionStorage');
  const media = mediaPlatform();
  const locks = tabLocks();
  const frameSoon = framesOf();
  return {
    now: () => Date.now(),
    setTimeout: (callback, ms) => setTimeout(callback, ms),
    clearTimeout: (handle) => clearTimeout(handle as number | undefined),
    randomId,
    random: () => Math.random(),
    openSocket: (url, protocols) => new WebSocket(url, protocols),
    ...(frameSoon ? { frameSoon } : {}),
    onWake,
    onLeave,
    ...(media ? { media } : {}),
    onPause,
    ...(locks ? { locks } : {}),
    ...(typeof BroadcastChannel === 'function' ? { openChannel: (name: string) => new BroadcastChannel(name) } : {}),
    ...(settings ? { settings, onSettings } : {}),
    ...(tabStorage ? { tabStorage } : {}),
  };
}
