export type { SqliteConstructor, SqliteDatabase, SqliteStatement } from './database.ts'
export type { SqliteOptions } from './options.ts'
export { sqlite } from './sqlite.ts'
