/**
 * Image bytes as files of one directory.
 *
 * @module
 */
export { fsImages } from './fs-images.ts'
export type { FsImagesOptions } from './fs-images.ts'
