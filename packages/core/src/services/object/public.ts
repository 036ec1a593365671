import type { Kernel } from '../../kernel.ts'
import type { Actor } from '../call.ts'
import { type InputOf, invoke } from '../operation.ts'
import { nobody } from './acl.ts'
import { downloadObject, type ObjectDownload, type ObjectDownloadInput } from './download.ts'
import { type ObjectEntry, objectList } from './object.ts'
import type { StoreOptions } from './upload.ts'

/** Who comes without an identity: sees what access lists open to everybody, and nothing else. */
export const anybody: Actor = Object.freeze({
  userId: nobody,
  projectId: nobody,
  domainId: null,
  roles: Object.freeze(['reader']),
  system: false,
})

/** Reads an object of a container that is open to everybody; see `downloadObject`. */
export function downloadPublic(
  kernel: Kernel,
  input: ObjectDownloadInput & { readonly account: string },
  options: StoreOptions = {},
): Promise<ObjectDownload> {
  return downloadObject(kernel, anybody, input, options)
}

/** Lists a container whose listing is open to everybody. */
export function listPublic(
  kernel: Kernel,
  input: InputOf<typeof objectList> & { readonly account: string },
  options: StoreOptions = {},
): Promise<ObjectEntry[]> {
  return invoke(kernel, anybody, objectList, input, options)
}
