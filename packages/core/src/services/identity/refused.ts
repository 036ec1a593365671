import { CloudError, isCloudError } from '../../base/errors.ts'

/** Whoever is not let in is not told why: that would say what exists. */
export function refused(): CloudError {
  return new CloudError('unauthenticated', 'Who calls has not been proven.')
}

/** Runs, and refuses whatever is not found or not allowed. */
export async function asRefused<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isCloudError(error) && (error.code === 'notFound' || error.code === 'forbidden')) {
      throw refused()
    }
    throw error
  }
}
