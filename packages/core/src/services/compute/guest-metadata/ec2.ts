import type { Guest } from './guest.ts'

/** A directory of the EC2 form: names to texts, or to directories. */
export interface Directory {
  readonly [name: string]: string | Directory
}

/**
 * `meta-data` in the form of EC2
 * (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html).
 */
export function ec2Directory({ server, keyPair }: Guest): Directory {
  const fixed = server.addresses.find(({ type, address }) => type === 'fixed' && isV4(address))
  const floating = server.addresses.find(
    ({ type, address }) => type === 'floating' && isV4(address),
  )
  const local = fixed?.address ?? ''
  return {
    'ami-id': ec2Id('ami', server.imageId ?? ''),
    'ami-launch-index': String(server.launchIndex),
    'block-device-mapping': { ami: 'vda', root: '/dev/vda' },
    hostname: server.hostname,
    'instance-action': 'none',
    'instance-id': ec2Id('i', server.id),
    'instance-type': server.flavor.name,
    'local-hostname': server.hostname,
    'local-ipv4': local,
    placement: { 'availability-zone': server.availabilityZone },
    'public-hostname': server.hostname,
    'public-ipv4': floating?.address ?? '',
    ...(keyPair && {
      'public-keys': { [`0=${keyPair.name}`]: { 'openssh-key': keyPair.publicKey } },
    }),
    'reservation-id': `r-${server.batchId.replaceAll('-', '').slice(-8)}`,
    'security-groups': server.securityGroups.join('\n'),
  }
}

/**
 * What is at a path: the text of a file, or the names in a directory. Undefined for nothing.
 * Directories of keys are listed as `0=name`, and found as `0`.
 */
export function ec2Entry(root: Directory, path: readonly string[]): string | undefined {
  let at: string | Directory = root
  for (const name of path) {
    if (typeof at === 'string') return undefined
    const found: [string, string | Directory] | undefined = Object.entries(at).find(
      ([own]) => own === name || own.startsWith(`${name}=`),
    )
    if (!found) return undefined
    at = found[1]
  }
  if (typeof at === 'string') return at
  return Object.entries(at)
    .map(([name, value]) => (typeof value === 'string' || name.includes('=') ? name : `${name}/`))
    .join('\n')
}

/** EC2's ids are short: the end of ours, which differs most. */
function ec2Id(prefix: string, id: string): string {
  return `${prefix}-${id.replaceAll('-', '').slice(-8).padStart(8, '0')}`
}

function isV4(address: string): boolean {
  return !address.includes(':')
}
