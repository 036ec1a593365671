export type { PostgresOptions } from './options.ts'
export type { PostgresClient, PostgresPool, PostgresQuery, PostgresResult } from './pool.ts'
export { postgres } from './postgres.ts'
