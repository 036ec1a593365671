/** The shape of a NATS connection: what `@nats-io/transport-node` has. */
export interface NatsConnection {
  publish(subject: string, payload: string): void
  subscribe(subject: string, options: { callback: NatsCallback }): NatsSubscription
  /** What befalls the connection: `disconnect`, `reconnect` and others. */
  status(): AsyncIterable<{ readonly type: string }>
  isClosed(): boolean
  drain(): Promise<void>
  close(): Promise<void>
}

export type NatsCallback = (error: Error | null, message: NatsMessage) => void

export interface NatsMessage {
  string(): string
}

export interface NatsSubscription {
  unsubscribe(): void
}
