import { defineKind, type Stored } from '../kind.ts'

/**
 * A user's public SSH key or certificate, put into the servers he creates. The private half never
 * comes here.
 */
export interface KeyPair extends Stored {
  readonly userId: string
  /** The project in which it was imported, and whose quota it counts against. */
  readonly projectId: string
  /** Unique for the user. */
  readonly name: string
  /** Absent: a key of SSH; `x509`: a certificate, for guests that know no SSH. */
  readonly type?: 'x509'
  /** The whole line, comment included; of a certificate, its PEM text. */
  readonly publicKey: string
  /** `SHA256:` and unpadded base64, as OpenSSH prints it. */
  readonly fingerprint: string
  /** MD5 in hex with colons, as the older form. */
  readonly fingerprintMd5: string
  readonly createdAt: number
}

export const keyPairKind = defineKind<KeyPair>('keyPair', {
  byName: { fields: ['userId', 'name'], unique: true },
})
