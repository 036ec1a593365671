import { CloudError, isCloudError } from '@nephos/core'

/**
 * What a body names and is not there, an image or volume that cannot be booted from, or a host that
 * is not down, is a bad request here: only what the path names is a missing resource.
 *
 * @param fields of the operation's input that the body named.
 */
export async function asBadRequest<T>(
  fields: readonly string[],
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!isCloudError(error) || error.field === undefined) throw error
    const isNamed = fields.includes(error.field.replace(/[.[].*$/, ''))
    const isUnusable =
      error.code === 'conflict' && /^(?:imageId|hostId$|bootVolume\b)/.test(error.field)
    if (!isNamed || (error.code !== 'notFound' && !isUnusable)) throw error
    throw new CloudError('invalid', error.message, { field: error.field })
  }
}

/** A volume that is in use elsewhere, or by the server itself, is a bad request to Nova. */
export async function volumeAsBadRequest<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!isCloudError(error) || error.code !== 'conflict') throw error
    if (!/^attachments\[0\](?:\.volumeId)?$/.test(error.field ?? '')) throw error
    throw new CloudError('invalid', error.message, { field: 'volumeId' })
  }
}
