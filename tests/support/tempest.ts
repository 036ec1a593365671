import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { foreign, openrc } from './foreign.ts'
import type { Up } from './up.ts'

const runner = fileURLToPath(new URL('../compat/tempest/run.py', import.meta.url))

/** What came of tests of Tempest, by their names. */
export interface Outcomes {
  readonly passed: readonly string[]
  /** With the end of what was said. */
  readonly failed: Readonly<Record<string, string>>
  /** With the reason. */
  readonly skipped: Readonly<Record<string, string>>
}

/** OpenStack's own test suite, told of a cloud. */
export interface Tempest {
  readonly folder: string
  readonly run: (modules: readonly string[]) => Promise<Outcomes>
}

/** Writes the configuration of Tempest for a cloud, from what the cloud says of itself. */
export async function tempestOf(up: Up): Promise<Tempest> {
  const folder = await mkdtemp(join(tmpdir(), 'nephos-tempest-'))
  await writeFile(join(folder, 'tempest.conf'), configuration(folder, up, await foundIn(up)))
  const env = { TEMPEST_CONFIG_DIR: folder, TEMPEST_CONFIG: 'tempest.conf' }
  const run = async (modules: readonly string[]): Promise<Outcomes> =>
    JSON.parse(await foreign('/usr/bin/python3', [runner, ...modules], env)) as Outcomes
  return { folder, run }
}

/** Ids that tests begin with. */
interface Found {
  readonly image: string
  readonly otherImage: string
  readonly network: string
  readonly extensions: string
}

async function foundIn(up: Up): Promise<Found> {
  const lines = async (...words: readonly string[]): Promise<readonly string[]> =>
    (await foreign('/usr/bin/openstack', [...words, '-f', 'value'], openrc(up, 'admin'))).split(
      '\n',
    )
  const [image = '', otherImage = ''] = await lines('image', 'list', '-c', 'ID')
  const [network = ''] = await lines('network', 'list', '--external', '-c', 'ID')
  const extensions = await lines('extension', 'list', '--network', '-c', 'Alias')
  return { image, otherImage, network, extensions: extensions.join(',') }
}

/** No guest runs behind the servers: what would need one is off. */
function configuration(folder: string, { origin }: Up, found: Found): string {
  return `
[oslo_concurrency]
lock_path = ${folder}
[DEFAULT]
log_file = ${folder}/tempest.log
[auth]
use_dynamic_credentials = true
create_isolated_networks = true
tempest_roles = member
admin_username = admin
admin_password = admin
admin_project_name = admin
admin_domain_name = Default
[identity]
auth_version = v3
uri_v3 = ${origin}/identity/v3
region = RegionOne
default_domain_id = default
[identity-feature-enabled]
application_credentials = true
access_rules = true
project_tags = true
[service_available]
nova = true
glance = true
neutron = true
cinder = true
swift = true
horizon = false
[compute]
image_ref = ${found.image}
image_ref_alt = ${found.otherImage}
flavor_ref = 1
flavor_ref_alt = 2
build_interval = 1
build_timeout = 60
max_microversion = latest
min_compute_nodes = 2
[compute-feature-enabled]
console_output = false
vnc_console = false
change_password = false
metadata_service = false
attach_encrypted_volume = false
[network]
public_network_id = ${found.network}
floating_network_name = public
project_network_cidr = 10.100.0.0/16
build_interval = 1
[network-feature-enabled]
api_extensions = ${found.extensions}
[volume]
build_interval = 1
build_timeout = 60
max_microversion = latest
storage_protocol = ceph
[volume-feature-enabled]
backup = true
[object-storage]
operator_role = member
[object-storage-feature-enabled]
container_sync = false
[validation]
run_validation = false
`
}
