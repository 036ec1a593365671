/**
 * Bytes of objects as files of many directories.
 *
 * @module
 */
export { fsObjects } from './fs-objects.ts'
export type { FsObjectsOptions } from './fs-objects.ts'
