import { limits } from '../../../base/limits.ts'
import type { PropertySpecs } from './property.ts'

/** What a server takes, under Heat's names. */
export const serverProperties: PropertySpecs = {
  name: { type: 'string', updatable: true, max: limits.nameLength },
  /** Needed unless it boots from a volume. */
  image: { type: 'string', updatable: true },
  block_device_mapping_v2: {
    type: 'list',
    max: 1,
    items: {
      type: 'map',
      members: {
        boot_index: { type: 'integer', default: 0, allowed: [0] },
        image: { type: 'string', alias: 'image_id' },
        snapshot_id: { type: 'string' },
        volume_id: { type: 'string' },
        /** GiB. */
        volume_size: { type: 'integer', min: 1, max: limits.volumeGb },
        volume_type: { type: 'string' },
        delete_on_termination: { type: 'boolean', default: false },
      },
    },
  },
  flavor: { type: 'string', required: true, updatable: true },
  flavor_update_policy: {
    type: 'string',
    default: 'RESIZE',
    allowed: ['RESIZE', 'REPLACE'],
    updatable: true,
  },
  image_update_policy: {
    type: 'string',
    default: 'REBUILD',
    allowed: ['REBUILD', 'REPLACE', 'REBUILD_PRESERVE_EPHEMERAL'],
    updatable: true,
  },
  key_name: { type: 'string' },
  availability_zone: { type: 'string' },
  security_groups: { type: 'list', items: { type: 'string' }, max: limits.portSecurityGroups },
  networks: {
    type: 'list',
    default: [],
    max: limits.serverNetworks,
    updatable: true,
    items: {
      type: 'map',
      members: {
        network: { type: 'string' },
        uuid: { type: 'string' },
        subnet: { type: 'string' },
        port: { type: 'string' },
        fixed_ip: { type: 'string' },
        /** `none`: no interface at all. */
        allocate_network: { type: 'string', allowed: ['none'] },
      },
    },
  },
  admin_pass: { type: 'string', max: limits.nameLength },
  config_drive: { type: 'boolean' },
  diskConfig: { type: 'string', allowed: ['AUTO', 'MANUAL'] },
  metadata: { type: 'map', updatable: true, max: limits.metadataItems },
  tags: { type: 'list', items: { type: 'string' }, updatable: true, max: limits.tags },
  scheduler_hints: { type: 'map', members: { group: { type: 'string' } } },
  user_data: { type: 'string', updatable: true, max: limits.userDataLength },
  user_data_update_policy: {
    type: 'string',
    default: 'REPLACE',
    allowed: ['REPLACE', 'IGNORE'],
    updatable: true,
  },
  user_data_format: {
    type: 'string',
    default: 'RAW',
    allowed: ['RAW', 'HEAT_CFNTOOLS', 'SOFTWARE_CONFIG'],
  },
  software_config_transport: {
    type: 'string',
    default: 'POLL_SERVER_HEAT',
    allowed: ['POLL_SERVER_HEAT', 'POLL_SERVER_CFN'],
    updatable: true,
  },
}
