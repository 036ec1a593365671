import { defineKind, type Stored } from '../kind.ts'

export const imageTaskStatuses = ['pending', 'processing', 'success', 'failure'] as const
export type ImageTaskStatus = (typeof imageTaskStatuses)[number]

/** Where the bytes of an import come from. */
export type ImageImportMethod =
  /** From the upload that was staged. */
  | { readonly name: 'glance-direct' }
  /** From the web. */
  | { readonly name: 'web-download'; readonly uri: string }
  /** From one store of the cloud to others. */
  | { readonly name: 'copy-image' }

/** An import of an image, and what came of it. Kept for a while after its end. */
export interface ImageTask extends Stored {
  readonly imageId: string
  /** The owner of the image. */
  readonly projectId: string
  readonly userId: string
  readonly requestId: string
  readonly method: ImageImportMethod
  /** Stores that it is to reach; absent: the one that takes what names none. */
  readonly stores?: readonly string[]
  /** True: a store that is not reached makes it fail, and take back the copies that it made. */
  readonly allMustSucceed?: boolean
  readonly status: ImageTaskStatus
  /** Why it failed; empty otherwise. */
  readonly message: string
  /** When it is forgotten; null while it goes on. */
  readonly expiresAt: number | null
  readonly createdAt: number
  readonly updatedAt: number
}

export const imageTaskKind = defineKind<ImageTask>('imageTask', {
  byImage: { fields: ['imageId'] },
  byProject: { fields: ['projectId'] },
  byExpiry: { fields: ['expiresAt'] },
})

/** How long a task is kept after its end, in milliseconds (Glance: 48 hours). */
export const imageTaskKeptMs = 48 * 3_600_000
