const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs `close` once when the process is asked to end; asked again, it ends at once. */
export function onShutdown(close: () => Promise<void>): void {
  let closing = false;
  for (const signal of signals) {
    process.on(signal, () => {
      if (closing) process.exit(130);
      closing = true;
      close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** Ends the process with a sentence instead of a stack. */
export function failStart(error: unknown): never {
  process.stderr.write(`The broker could not start: ${error instanceof Error ? error.message : "unknown reason"}\n`);
  process.exit(1);
}
