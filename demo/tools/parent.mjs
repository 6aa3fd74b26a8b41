const INTERVAL_MS = 500;

/**
 * Under npm, ends this process as SIGTERM would once the process that started it is gone. npm passes a signal on to the shell in
 * between, and a shell that dies of it leaves its child running.
 */
export function endWithParent() {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, INTERVAL_MS);
  timer.unref();
}
