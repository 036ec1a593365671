import { type Image, imageDataKey, imageKind, imagePlaces, nodeDigest } from '@nephos/core'
import type { Check, Scene, Watch } from '../check.ts'
import { rowsOf, visit } from './rows.ts'

/** An image that may be used has its bytes, all of them, as they were measured. */
export const imageBytes: Check = {
  invariant: 30,
  title: 'The bytes of a usable image are whole.',
  watch: (scene) =>
    ({
      commit: (commit) => {
        const completed: Image[] = []
        visit(commit, imageKind, {
          update: (image) => {
            const was = (scene.before(imageKind.name, image.id) as Image | undefined)?.status
            if (image.status === 'active' && was !== 'active') completed.push(image)
          },
        })
        return completed.length === 0 ? undefined : checkAll(scene, completed)
      },
      rest: async () => {
        const images = await rowsOf(scene.world, imageKind)
        await checkAll(
          scene,
          images.filter(({ status }) => usable.has(status)),
        )
      },
    }) satisfies Watch,
}

const usable: ReadonlySet<Image['status']> = new Set(['active', 'deactivated'])

async function checkAll(scene: Scene, images: readonly Image[]): Promise<void> {
  for (const image of images) await checkBytes(scene, image)
}

async function checkBytes({ report, world }: Scene, image: Image): Promise<void> {
  const subject = `image:${image.id}`
  const { digests } = image
  if (!digests) return report(subject, `is ${image.status} without digests`)
  for (const place of imagePlaces(image)) {
    const key = imageDataKey(image, place)
    const size = await world.images.size(key)
    if (size !== digests.size) {
      return report(subject, `has ${size ?? 'no'} bytes instead of ${digests.size}`)
    }
    const hash = nodeDigest.stream('sha256')
    for await (const chunk of world.images.get(key)) hash.update(chunk)
    if (hash.digest() !== digests.sha256) report(subject, 'has other bytes than were measured')
  }
}
