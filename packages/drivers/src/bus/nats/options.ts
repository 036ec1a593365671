import { CloudError } from '@nephos/core'
import type { NatsConnection } from './connection.ts'

export interface NatsOptions {
  /** A connection of `@nats-io/transport-node`, or one of its shape. It is not closed. */
  readonly connection?: NatsConnection
  /**
   * Instead of a connection: `nats://host:port`, several with commas. The bus connects by itself,
   * with the optional peer `@nats-io/transport-node`, for as long as it takes; meanwhile it rings
   * within its process only.
   */
  readonly servers?: string
  /** What tells the clouds of one broker apart. `nephos.bells` by default. */
  readonly subject?: string
}

const subjectName = /^[\w-]+(?:\.[\w-]+){0,15}$/

/** @throws CloudError `invalid` for options that cannot work. */
export function subjectOf({ connection, servers, subject = 'nephos.bells' }: NatsOptions): string {
  if ((connection === undefined) === (servers === undefined)) {
    throw new CloudError('invalid', 'connection: give a connection, or servers.', {
      field: 'connection',
    })
  }
  if (servers !== undefined && !/^nats:\/\/./.test(servers)) {
    throw new CloudError('invalid', 'servers: must be nats://host:port.', { field: 'servers' })
  }
  if (!subjectName.test(subject) || subject.length > 255) {
    throw new CloudError('invalid', 'subject: must be words with dots between them.', {
      field: 'subject',
      limit: 255,
    })
  }
  return subject
}

const betweenConnectsMs = 250

/**
 * Connects, however long the servers are away, until `isOver`; then it is undefined.
 *
 * @throws CloudError `unavailable` when the client is not installed.
 */
export async function connectionOf(
  servers: string,
  isOver: () => boolean,
): Promise<NatsConnection | undefined> {
  const { connect } = await import('@nats-io/transport-node').catch((cause: unknown) => {
    throw new CloudError(
      'unavailable',
      'No NATS client: install the optional peer @nats-io/transport-node, or pass a connection.',
      { field: 'connection', retry: 'never', cause },
    )
  })
  while (!isOver()) {
    try {
      return await connect({
        servers: servers.split(','),
        maxReconnectAttempts: -1,
        reconnectTimeWait: betweenConnectsMs,
        reconnectJitter: betweenConnectsMs,
      })
    } catch {
      // The broker is not there yet: nobody waits for it.
      await new Promise((resolve) => setTimeout(resolve, betweenConnectsMs))
    }
  }
  return undefined
}
