/** The name somebody probably meant. */

/** The nearest of the known names, if it is near enough to be worth saying. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, distance: editDistance(name.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  // A third of the letters may be wrong; beyond that a suggestion is a guess. Whole beginnings count as near.
  if (best !== undefined && best.distance <= Math.max(2, Math.floor(name.length / 3))) return best.candidate;
  return known.find((candidate) => candidate.toLowerCase().startsWith(name.toLowerCase()) && name.length > 2);
}

/** Insertions, deletions and replacements between two words (Levenshtein), row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
