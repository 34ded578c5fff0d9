/** Looking again every so often, while somebody is there to see it. */

/**
 * Calls `look` now and every `everyMs` until the returned function is called; not while the page is hidden, and never a
 * second time before the first has ended. A look that fails changes nothing: the next one finds out.
 */
export function lookAgain(everyMs: number, look: () => Promise<void>): () => void {
  let isLooking = false;
  const lookOnce = async (): Promise<void> => {
    if (isLooking || document.hidden) return;
    isLooking = true;
    await look().catch(() => undefined);
    isLooking = false;
  };
  const timer = setInterval(() => void lookOnce(), everyMs);
  void lookOnce();
  return () => clearInterval(timer);
}
