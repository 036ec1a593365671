import { faultPage, faultType } from '../../wire/image/fault.ts'
import type { Api } from '../endpoint.ts'
import { imageData } from './data.ts'
import { images } from './images.ts'
import { imageImports } from './imports.ts'
import { imageInfo } from './info.ts'
import { imageMembers } from './members.ts'
import { imageMetadefParts } from './metadef-parts.ts'
import { imageMetadefs } from './metadefs.ts'
import { imageSchemas } from './schemas.ts'
import { imageTags } from './tags.ts'
import { imageTasks } from './tasks.ts'
import { versions } from './versions.ts'

/** Glance (https://docs.openstack.org/api-ref/image/v2/). */
export const image: Api = {
  name: 'image',
  type: 'image',
  title: 'Image',
  service: 'glance',
  mount: '/image',
  bases: ['/v2'],
  catalogPath: () => '/v2',
  statuses: { quotaExceeded: 413 },
  fault: faultPage,
  faultType,
  discovery: versions,
  endpoints: [
    ...images,
    ...imageData,
    ...imageImports,
    ...imageTags,
    ...imageMembers,
    ...imageSchemas,
    ...imageInfo,
    ...imageTasks,
    ...imageMetadefs,
    ...imageMetadefParts,
  ],
}
