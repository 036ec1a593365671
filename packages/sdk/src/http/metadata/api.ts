import { ec2Directory, ec2Entry, type Guest, metaData, networkData } from '@nephos/core'
import { type Api, endpoint, type EndpointRow } from '../endpoint.ts'
import { HttpError } from '../faults.ts'
import { json, type Reply } from '../reply.ts'
import { guestOf } from './guest.ts'

/** Dates of the OpenStack form: what is told did not change in what we tell. */
const openstackVersions = [
  '2012-08-10',
  '2017-02-22',
  '2018-08-27',
  '2020-10-14',
  'latest',
] as const
const ec2Versions = ['1.0', '2007-01-19', '2009-04-04', 'latest'] as const
const plain = { 'content-type': 'text/plain; charset=utf-8' }

/**
 * What guests ask of themselves, in OpenStack's form and in EC2's, through a proxy on the network
 * that knows whose port a request came from
 * (https://docs.openstack.org/nova/latest/admin/metadata-service.html).
 */
export const metadata: Api = {
  name: 'metadata',
  type: 'metadata',
  title: 'Metadata',
  service: 'metadata',
  mount: '/metadata',
  bases: [''],
  fault: ({ status, message }) => `${status} ${message}\n`,
  endpoints: [
    told('openstack.versions', '/openstack', 'Lists the dates of the form.', () =>
      lines(openstackVersions),
    ),
    told('openstack.files', '/openstack/{version}', 'Lists the documents.', () =>
      lines([
        'meta_data.json',
        'network_data.json',
        'user_data',
        'vendor_data.json',
        'vendor_data2.json',
      ]),
    ),
    told(
      'openstack.metaData',
      '/openstack/{version}/meta_data.json',
      'Who the guest is.',
      (guest) => json(metaData(guest)),
    ),
    told(
      'openstack.networkData',
      '/openstack/{version}/network_data.json',
      'How it is connected.',
      (guest) => json(networkData(guest)),
    ),
    told('openstack.vendorData', '/openstack/{version}/vendor_data.json', 'Nothing yet.', () =>
      json({}),
    ),
    told('openstack.vendorData2', '/openstack/{version}/vendor_data2.json', 'Nothing yet.', () =>
      json({}),
    ),
    told(
      'openstack.userData',
      '/openstack/{version}/user_data',
      'What its user gave it.',
      userData,
    ),
    told('ec2.userData', '/{version}/user-data', 'What its user gave it.', userData),
    told('ec2.categories', '/{version}', 'Lists what is told.', () =>
      lines(['meta-data/', 'user-data']),
    ),
    told('ec2.root', '/{version}/meta-data', 'Lists the categories.', (guest) => entry(guest, '')),
    told('ec2.entry', '/{version}/meta-data/{path+}', 'One of them.', (guest, path) =>
      entry(guest, path),
    ),
  ],
}

function told(
  name: string,
  path: string,
  summary: string,
  answer: (guest: Guest, path: string) => Reply,
): EndpointRow {
  const known: readonly string[] = name.startsWith('ec2') ? ec2Versions : openstackVersions
  return endpoint({
    id: `metadata.${name}`,
    method: 'GET',
    path,
    summary,
    access: 'open',
    operations: [],
    status: 200,
    async run(x) {
      const guest = await guestOf(x)
      if (path.includes('{version}') && !known.includes(x.param('version'))) throw missing()
      return answer(guest, path.includes('{path+}') ? x.param('path') : '')
    },
  })
}

function userData({ server }: Guest): Reply {
  if (server.userData === null) throw missing()
  const bytes = Buffer.from(server.userData, 'base64')
  return { stream: once(bytes), headers: { 'content-type': 'application/octet-stream' } }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

function entry(guest: Guest, path: string): Reply {
  const names = path.split('/').filter((name) => name !== '')
  const text = ec2Entry(ec2Directory(guest), names)
  if (text === undefined) throw missing()
  return { text, headers: plain }
}

function lines(names: readonly string[]): Reply {
  return { text: names.join('\n'), headers: plain }
}

function missing(): HttpError {
  return new HttpError(404, 'There is no such document.')
}
