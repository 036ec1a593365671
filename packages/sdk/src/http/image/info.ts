import { imageStores, importMethods } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import { json } from '../reply.ts'

/**
 * What this image service can do
 * (https://docs.openstack.org/api-ref/image/v2/#image-service-info-discovery).
 */
export const imageInfo: readonly EndpointRow[] = [
  endpoint({
    id: 'image.info.import',
    method: 'GET',
    path: '/info/import',
    summary: 'Tells the methods of import.',
    access: 'token',
    operations: [],
    status: 200,
    run: (x) =>
      json({
        'import-methods': {
          description: 'Import methods available.',
          type: 'array',
          value: importMethods(x.plane.kernel),
        },
      }),
  }),
  endpoint({
    id: 'image.info.storesDetail',
    method: 'GET',
    path: '/info/stores/detail',
    summary: 'Tells administrators more of the stores of images.',
    access: 'token',
    operations: [],
    status: 200,
    run: (x) => {
      x.requireOperator()
      return json({
        stores: imageStores(x.plane.kernel).map(({ name, description }, index) => ({
          id: name,
          type: 'nephos',
          description,
          default: index === 0,
          weight: 0,
          properties: {},
        })),
      })
    },
  }),
  endpoint({
    id: 'image.info.stores',
    method: 'GET',
    path: '/info/stores',
    summary: 'Tells the stores of images.',
    access: 'token',
    operations: [],
    status: 200,
    run: (x) =>
      json({
        stores: imageStores(x.plane.kernel).map(({ name, description }, index) => ({
          id: name,
          description,
          ...(index === 0 && { default: 'true' }),
        })),
      }),
  }),
]
