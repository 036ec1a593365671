import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CloudError } from '@nephos/core'
import { fsImages } from '@nephos/drivers/image/fs'
import { fsObjects } from '@nephos/drivers/object/fs'
import { sqlite } from '@nephos/drivers/storage/sqlite'
import type { Cloud } from '../cloud/cloud.ts'
import { type CloudOptions, createCloud } from '../cloud/create-cloud.ts'

/**
 * Opens the cloud that lives in a directory: a SQLite file, and images and objects beside
 * it; made if absent.
 */
export async function openDirectory(directory: string, options: CloudOptions = {}): Promise<Cloud> {
  await makeDirectory(directory)
  return createCloud({
    ...options,
    store: sqlite({ file: join(directory, 'cloud.db') }),
    drivers: {
      ...options.drivers,
      images: await fsImages({ directory: join(directory, 'images') }),
      objects: await fsObjects({ directory: join(directory, 'objects') }),
    },
  })
}

/** @throws CloudError `invalid` when it cannot be made. */
export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((cause: unknown) => {
    throw new CloudError('invalid', `${directory} cannot be a directory for a cloud.`, {
      field: 'data',
      cause,
    })
  })
}
