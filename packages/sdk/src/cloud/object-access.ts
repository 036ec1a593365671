import {
  type CallOptions,
  type ControlPlane,
  downloadByTempUrl,
  downloadPublic,
  type InputOf,
  listPublic,
  type ObjectDownload,
  type ObjectDownloadInput,
  type ObjectEntry,
  type objectList,
  type ObjectUploadInput,
  type ObjectView,
  type TempUrlInput,
  uploadByTempUrl,
} from '@nephos/core'

type Options = Pick<CallOptions, 'signal' | 'requestId'>
type Place = 'account' | 'container' | 'name'

/** Object storage for those who come without an identity: what transports serve to the world. */
export type ObjectAccess = ReturnType<typeof objectAccess>

export function objectAccess({ kernel }: ControlPlane) {
  return Object.freeze({
    /** For the holder of a temporary URL. */
    download(
      url: TempUrlInput,
      input: Omit<ObjectDownloadInput, Place | 'versionId'> = {},
      options: Options = {},
    ): Promise<ObjectDownload> {
      return downloadByTempUrl(kernel, url, input, options)
    },
    /** For the holder of a temporary URL. */
    upload(
      url: TempUrlInput,
      input: Omit<ObjectUploadInput, Place | 'dynamic'>,
      data: AsyncIterable<Uint8Array>,
      options: Options = {},
    ): Promise<ObjectView> {
      return uploadByTempUrl(kernel, url, input, data, options)
    },
    /** From a container that is open to everybody. */
    downloadPublic(
      input: ObjectDownloadInput & { readonly account: string },
      options: Options = {},
    ): Promise<ObjectDownload> {
      return downloadPublic(kernel, input, options)
    },
    /** Of a container whose listing is open to everybody. */
    listPublic(
      input: InputOf<typeof objectList> & { readonly account: string },
      options: Options = {},
    ): Promise<ObjectEntry[]> {
      return listPublic(kernel, input, options)
    },
  })
}
