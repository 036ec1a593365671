import { defineKind, type Draft, type Stored, type UsageMeter } from '../kind.ts'
import type { ImageStatus } from './image-state.ts'

export const diskFormats = [
  'ami',
  'ari',
  'aki',
  'vhd',
  'vhdx',
  'vmdk',
  'raw',
  'qcow2',
  'vdi',
  'iso',
  'ploop',
] as const
export type DiskFormat = (typeof diskFormats)[number]

export const containerFormats = [
  'ami',
  'ari',
  'aki',
  'bare',
  'ovf',
  'ova',
  'docker',
  'compressed',
] as const
export type ContainerFormat = (typeof containerFormats)[number]

/**
 * `public`: every project's. `community`: everyone's who knows of it. `shared`: its members'.
 * `private`: the owner's.
 */
export const imageVisibilities = ['public', 'community', 'shared', 'private'] as const
export type ImageVisibility = (typeof imageVisibilities)[number]

/** What is known of the bytes once all of them were seen. Digests in lower-case hex. */
export interface ImageDigests {
  readonly size: number
  /** MD5: for comparison by old clients only. */
  readonly checksum: string
  readonly sha256: string
  readonly osHashAlgo: 'sha512'
  readonly osHashValue: string
}

/**
 * An upload under way. Its lease is renewed while bytes arrive; when it ends, the upload counts as
 * interrupted.
 */
export interface ImageUpload {
  readonly leaseUntil: number
}

/** One of the places that hold all bytes of an image. */
export interface ImagePlace {
  /** Name of the store. */
  readonly store: string
  /** 0: the bytes that were uploaded; otherwise the number of the copy. */
  readonly serial: number
}

/** Copies that an import makes in further stores, while it goes on. */
export interface ImageCopying {
  readonly taskId: string
  /** Stores still to be reached; the first one is under way. */
  readonly stores: readonly string[]
  /** Number of the copy that is being written; null between two. */
  readonly serial: number | null
  /** Copies begun before: what has a higher number was made by this import. */
  readonly since: number
  /** Stores that were not reached, for what reason. */
  readonly failed: readonly string[]
}

/** The store that every cloud has. */
export const defaultImageStore = 'default'

/** Stores of one cloud: bounds the row of an image. */
export const mostImageStores = 16

/** Bytes that came and wait to be imported: the image's own, once somebody says so. */
export interface StagedBytes {
  readonly digests: ImageDigests
  /** What they are by their own account. */
  readonly found: readonly FoundContent[]
}

/** What the headers of some bytes say that they are. */
export interface FoundContent {
  readonly format: DiskFormat | 'qed' | 'luks' | 'gpt' | 'mbr'
  /** Bytes of the disk that a guest sees; null when the headers do not say. */
  readonly virtualSize: number | null
  /** Why nobody should open it, such as a backing file; absent when it is harmless. */
  readonly danger?: string
}

export interface Image extends Stored {
  readonly projectId: string
  /** Empty: it has none. */
  readonly name: string
  readonly status: ImageStatus
  readonly visibility: ImageVisibility
  /** Null: not said yet; said before bytes are taken. */
  readonly diskFormat: DiskFormat | null
  readonly containerFormat: ContainerFormat | null
  /** GiB of disk, and MiB of memory, that a server needs to run it. */
  readonly minDiskGb: number
  readonly minRamMb: number
  /** Bytes of the disk it unpacks to; null when nobody said. */
  readonly virtualSize: number | null
  /** Null until active. */
  readonly digests: ImageDigests | null
  /** True: may not be deleted. */
  readonly protected: boolean
  /** True: not listed unless asked for. */
  readonly hidden: boolean
  readonly tags: readonly string[]
  readonly properties: Readonly<Record<string, string>>
  /**
   * Uploads begun so far. Each has a key of its own in the image store: a late writer cannot touch
   * a newer upload.
   */
  readonly attempt: number
  readonly upload: ImageUpload | null
  /**
   * Where the bytes of the present attempt are, the one to read first; absent: in the default
   * store.
   */
  readonly places?: readonly ImagePlace[]
  /** Copies begun so far. Each has a key of its own, as each upload. */
  readonly copied?: number
  readonly copying?: ImageCopying | null
  /** Stores that the last import did not reach. */
  readonly failedStores?: readonly string[]
  /** While it is uploading, once all bytes are there, and importing. */
  readonly staged?: StagedBytes | null
  /** True: the last import failed; its task says why. */
  readonly importFailed?: boolean
  readonly createdAt: number
  readonly updatedAt: number
}

/** Bytes that are stored, verified and charged. */
const imageMeter: UsageMeter<Image> = {
  classes: ['imageBytes'],
  index: 'byProject',
  amounts: (image) => [
    hasImageData(image) ? (image.digests?.size ?? 0) * imagePlaces(image).length : 0,
  ],
}

export const imageKind = defineKind<Image>(
  'image',
  {
    byProject: { fields: ['projectId'] },
    byVisibility: { fields: ['visibility'] },
    byStatus: { fields: ['status'] },
  },
  { meter: imageMeter, events: { state: ({ status }) => status } },
)

/** Where the bytes of an image's present attempt are, or are going to be. Never empty. */
export function imagePlaces({
  places,
}: Pick<Image, 'places'>): readonly [ImagePlace, ...ImagePlace[]] {
  const [first = { store: defaultImageStore, serial: 0 }, ...others] = places ?? []
  return [first, ...others]
}

/** The key of an image's bytes in one of their places; in the first one when none is named. */
export function imageDataKey(
  image: Pick<Image, 'id' | 'attempt' | 'places'>,
  place: ImagePlace = imagePlaces(image)[0],
): string {
  const serial = place.serial === 0 ? '' : `-${place.serial}`
  const store = place.store === defaultImageStore ? '' : `@${place.store}`
  return `${image.id}-${image.attempt}${serial}${store}`
}

/** Every key that is the image's: of all its places, and of a copy that is being written. */
export function imageDataKeys(image: Image): readonly string[] {
  return [...imagePlaces(image), ...copyUnderWay(image)].map((place) => imageDataKey(image, place))
}

function copyUnderWay({ copying }: Image): readonly ImagePlace[] {
  const [store] = copying?.stores ?? []
  const serial = copying?.serial ?? null
  return store === undefined || serial === null ? [] : [{ store, serial }]
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const count = '[1-9][0-9]{0,8}'
const anyStore = '[a-z0-9][a-z0-9_-]{0,31}'
const dataKey = new RegExp(`^(${uuid})-(${count})(?:-(${count}))?(?:@(${anyStore}))?$`)

/** What names of stores look like. */
export const imageStoreName = new RegExp(`^${anyStore}$`)

/** Bytes that a key stands for. */
export interface ImageData extends ImagePlace {
  readonly imageId: string
  readonly attempt: number
}

/** What a key says, or undefined when it is not one of ours. */
export function parseImageDataKey(key: string): ImageData | undefined {
  const [, imageId, attempt, serial = 0, store = defaultImageStore] = dataKey.exec(key) ?? []
  if (!imageId || !attempt) return undefined
  return { imageId, attempt: Number(attempt), serial: Number(serial), store }
}

/** True while these bytes are wanted: being written, or those of the image. */
export function ownsImageData(
  image: Image | undefined,
  data: Pick<ImageData, 'attempt' | 'serial' | 'store'>,
): boolean {
  if (!image || image.attempt !== data.attempt) return false
  if (!arriving.has(image.status) && !hasImageData(image)) return false
  return [...imagePlaces(image), ...copyUnderWay(image)].some(
    ({ store, serial }) => store === data.store && serial === data.serial,
  )
}

/** While bytes come, or are about to. */
const arriving: ReadonlySet<ImageStatus> = new Set(['saving', 'uploading', 'importing'])

/** True when the image's bytes are stored, verified and charged. */
export function hasImageData(image: Draft<Image>): boolean {
  return image.status === 'active' || image.status === 'deactivated'
}
