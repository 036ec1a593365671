import { z } from 'zod'

const versions = ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const
const protocols = ['h2', 'http/1.1', 'http/1.0'] as const

/** What listeners and pools say of TLS alike. */
export const tlsFields = {
  tls_ciphers: z.string().nullish(),
  tls_versions: z.array(z.enum(versions)).nullish(),
  alpn_protocols: z.array(z.enum(protocols)).nullish(),
}

interface TlsFields {
  readonly tls_ciphers?: string | null | undefined
  readonly tls_versions?: readonly (typeof versions)[number][] | null | undefined
  readonly alpn_protocols?: readonly (typeof protocols)[number][] | null | undefined
}

export interface TlsChange {
  ciphers?: string
  versions?: (typeof versions)[number][]
  alpnProtocols?: (typeof protocols)[number][]
}

/** Null stands for the default: the driver's ciphers, versions that are safe, no protocols. */
export function tlsChange(body: TlsFields): TlsChange {
  const { tls_ciphers: ciphers, tls_versions: named, alpn_protocols: alpn } = body
  return {
    ...(ciphers !== undefined && { ciphers: ciphers ?? '' }),
    ...(named !== undefined && { versions: named ? [...named] : ['TLSv1.2', 'TLSv1.3'] }),
    ...(alpn !== undefined && { alpnProtocols: alpn ? [...alpn] : [] }),
  }
}
