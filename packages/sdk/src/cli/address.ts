import { CloudError } from '@nephos/core'

/** Where to listen. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** @throws CloudError `invalid` for what is no `host:port`. */
export function addressOf(text: string, field: string): Address {
  const parts = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+)):(\d{1,5})$/i.exec(text)
  const port = Number(parts?.[3])
  const host = parts?.[1] ?? parts?.[2]
  if (host !== undefined && port <= 65_535) return { host, port }
  throw new CloudError('invalid', `--${field} ${text}: is no host:port.`, { field })
}
