import type { Kernel } from '../src/kernel.ts'
import type { Actor } from '../src/services/call.ts'
import { containerCreate } from '../src/services/object/container.ts'
import { uploadObjectPart } from '../src/services/object/multipart/part.ts'
import { multipartUploadCreate } from '../src/services/object/multipart/upload.ts'
import { uploadObject } from '../src/services/object/upload.ts'
import { invoke } from '../src/services/operation.ts'
import { textStream } from './streams.ts'

/** A container, an object in it, an older version of that, and one that comes in parts. */
export async function makeObjects(
  kernel: Kernel,
  actor: Actor,
): Promise<{ containerId: string; objectUploadId: string }> {
  const input = { name: 'site', versioning: 'enabled' } as const
  const { id } = await invoke(kernel, actor, containerCreate, input)
  const path = { container: 'site', name: 'index.html' }
  await uploadObject(kernel, actor, path, textStream('one'))
  await uploadObject(kernel, actor, path, textStream('two'))
  const large = { container: 'site', name: 'large' }
  const { id: uploadId } = await invoke(kernel, actor, multipartUploadCreate, large)
  await uploadObjectPart(kernel, actor, { ...large, uploadId, number: 1 }, textStream('part'))
  return { containerId: id, objectUploadId: uploadId }
}
