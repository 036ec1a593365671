/** Registers one test: `test` of vitest, `it` of mocha, `test` of node:test. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown

/** What every conformance suite takes: a runner's `test`, and a maker of fresh subjects. */
export interface SuiteOptions<T> {
  readonly test: TestFunction
  /** A new, empty subject for each test. The suite closes it. */
  readonly make: () => T | Promise<T>
}

/** Runs the body on a fresh subject, and closes it whatever happens. */
export async function withSubject<T extends { close(): Promise<void> }>(
  make: () => T | Promise<T>,
  body: (subject: T) => Promise<void>,
): Promise<void> {
  const subject = await make()
  try {
    await body(subject)
  } finally {
    await subject.close()
  }
}
