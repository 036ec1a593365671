/** An answer as it is kept: what is shown once is empty. */
export function withoutOnce(answer: unknown, once: readonly string[]): unknown {
  if (once.length === 0 || typeof answer !== 'object' || answer === null) return answer
  const shown = once.filter((field) => field in answer)
  return { ...answer, ...Object.fromEntries(shown.map((field) => [field, ''])) }
}

/**
 * An input as a key remembers it. A fast hash of a secret would let whoever reads the store guess
 * it.
 */
export function withoutSecrets(input: unknown, secrets: readonly string[] = []): unknown {
  if (secrets.length === 0 || typeof input !== 'object' || input === null) return input
  return Object.fromEntries(Object.entries(input).filter(([field]) => !secrets.includes(field)))
}
