import { readFile } from 'node:fs/promises'
import { CloudError } from '@nephos/core'
import type { ListenOptions } from '../http/listen.ts'
import type { ServeOptions } from '../http/serve.ts'

/** What the commands that listen have in common, as they are given. */
export interface DoorOptions {
  readonly listen: string
  readonly url?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly corsOrigin?: readonly string[]
  readonly rate?: number
  readonly burst?: number
}

/** @throws CloudError `invalid` for an origin that is none, or a burst without a rate. */
export function serveOptionsOf(options: DoorOptions): ServeOptions {
  const { url, corsOrigin = [], rate, burst } = options
  for (const origin of corsOrigin) {
    if (origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin)) continue
    throw new CloudError('invalid', `--cors-origin ${origin}: is no origin such as https://a.b.`, {
      field: 'corsOrigin',
    })
  }
  if (burst !== undefined && rate === undefined) throw missing('--burst', '--rate')
  return {
    ...(url !== undefined && { url }),
    ...(corsOrigin.length > 0 && { cors: { origins: corsOrigin } }),
    ...(rate !== undefined && { rate: { perSecond: rate, ...(burst !== undefined && { burst }) } }),
  }
}

/** @throws CloudError `invalid` for one file without the other, or one that cannot be read. */
export async function tlsOf(options: DoorOptions): Promise<Pick<ListenOptions, 'tls'>> {
  const { tlsCert, tlsKey } = options
  if (tlsCert === undefined && tlsKey === undefined) return {}
  if (tlsKey === undefined) throw missing('--tls-cert', '--tls-key')
  if (tlsCert === undefined) throw missing('--tls-key', '--tls-cert')
  const [cert, key] = await Promise.all([pem(tlsCert, 'tlsCert'), pem(tlsKey, 'tlsKey')])
  return { tls: { cert, key } }
}

function pem(file: string, field: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CloudError('invalid', `${file} cannot be read.`, { field, cause })
  })
}

function missing(given: string, other: string): CloudError {
  return new CloudError('invalid', `${given} needs ${other}.`, { field: other.slice(2) })
}
