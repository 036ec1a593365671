import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Up } from './up.ts'

const run = promisify(execFile)

/** What a program that is not ours says, whose own packages it is to find. */
export async function foreign(
  program: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { stdout } = await run(program, words, {
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8', HOME: process.env['HOME'], ...env },
    timeout: 220_000,
    maxBuffer: 2 ** 26,
  })
  return stdout.trim()
}

/** The variables by which OpenStack's clients know a cloud, and as whom they act. */
export function openrc({ origin }: Up, user: 'admin' | 'demo'): Record<string, string> {
  return {
    OS_AUTH_URL: `${origin}/identity/v3`,
    OS_IDENTITY_API_VERSION: '3',
    OS_USERNAME: user,
    OS_PASSWORD: user,
    OS_PROJECT_NAME: user,
    OS_USER_DOMAIN_ID: 'default',
    OS_PROJECT_DOMAIN_ID: 'default',
    OS_REGION_NAME: 'RegionOne',
  }
}
