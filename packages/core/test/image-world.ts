import type { Kernel } from '../src/kernel.ts'
import type { Project } from '../src/model/identity/project.ts'
import { type Image, imageKind } from '../src/model/image/image.ts'
import type { ImageStore } from '../src/ports/image-store.ts'
import type { CallOptions } from '../src/services/call.ts'
import { imageCreate } from '../src/services/image/image.ts'
import { uploadImage } from '../src/services/image/upload.ts'
import type { ImageView } from '../src/services/image/view.ts'
import { invoke } from '../src/services/operation.ts'
import { actorOf, identityKernel, type IdentityKernel, newProject } from './identity-kernel.ts'
import { textStream } from './streams.ts'

/** One queued image of one project, and what tests ask about it. */
export interface ImageWorld extends IdentityKernel {
  readonly owner: Project
  readonly id: string
  upload(text: string, fields?: object, options?: CallOptions): Promise<ImageView>
  row(): Promise<Image | undefined>
  keys(): Promise<string[]>
  /** The same kernel, with some methods of its image store replaced. */
  kernelWith(replaced: Partial<ImageStore>): Kernel
}

export async function imageWorld(): Promise<ImageWorld> {
  const world = await identityKernel()
  const { kernel, images } = world
  const owner = await newProject(world, 'owner')
  const { id } = await invoke(kernel, actorOf(owner), imageCreate, { name: 'debian' })
  return {
    ...world,
    owner,
    id,
    upload: (text, fields = {}, options = {}) =>
      uploadImage(kernel, actorOf(owner), { id, ...fields }, textStream(text), options),
    row: async () => (await kernel.store.get(imageKind, [id]))[0],
    keys: async () => {
      const found: string[] = []
      for await (const key of images.list()) found.push(key)
      return found
    },
    kernelWith: (replaced) => {
      const store: ImageStore = {
        put: (...args) => images.put(...args),
        get: (...args) => images.get(...args),
        size: (key) => images.size(key),
        delete: (key) => images.delete(key),
        list: () => images.list(),
        close: () => images.close(),
        ...replaced,
      }
      return { ...kernel, images: store }
    },
  }
}
