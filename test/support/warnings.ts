/** What is said on the console while something runs, which may look at it meanwhile; expected warnings do not clutter the run's own output. */
export async function warnings(act: (said: readonly string[]) => unknown): Promise<string[]> {
  const said: string[] = [];
  const { warn } = console;
  console.warn = (...words: unknown[]) => void said.push(words.map(String).join(' '));
  try {
    await act(said);
  } finally {
    console.warn = warn;
  }
  return said;
}
