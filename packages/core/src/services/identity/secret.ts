import type { Kernel } from '../../kernel.ts'

/** Random bytes in hex: from the kernel's source, which is one for secrets outside simulations. */
export function randomHex({ random }: Pick<Kernel, 'random'>, bytes: number): string {
  return [...random.bytes(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const digestForm = /^sha256\$[0-9a-f]{64}$/

/**
 * Of a secret of 256 random bits, which nobody can guess: a plain hash hides it. Those that people
 * have chosen go through `PasswordHasher`.
 */
export function hashRandom({ digest }: Pick<Kernel, 'digest'>, secret: string): string {
  return `sha256$${digest.hash('sha256', secret)}`
}

/** True if the secret made this hash, by either way. */
export async function isSecretOf(kernel: Kernel, secret: string, hash: string): Promise<boolean> {
  if (!digestForm.test(hash)) return kernel.passwords.verify(secret, hash)
  // Both sides are hashes: where they differ tells nothing of the secret.
  return hashRandom(kernel, secret) === hash
}
