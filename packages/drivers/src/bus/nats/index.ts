export type { NatsCallback, NatsConnection, NatsMessage, NatsSubscription } from './connection.ts'
export { nats } from './nats.ts'
export type { NatsOptions } from './options.ts'
