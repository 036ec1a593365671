import { limits } from '@nephos/core'
import { endpoint, type EndpointRow } from '../endpoint.ts'
import type { Reply } from '../reply.ts'
import { policyName } from './replies.ts'

/** What this storage does, and how much of it: clients ask before they begin. */
function info(): Reply {
  const headers = { 'content-type': 'application/json; charset=UTF-8' }
  return { text: JSON.stringify(features), headers }
}

const features = {
  swift: {
    version: '2.30.0',
    max_file_size: limits.objectBytes,
    max_meta_name_length: limits.objectMetadataNameBytes,
    max_meta_value_length: limits.objectMetadataValueBytes,
    max_meta_count: limits.objectMetadataItems,
    max_meta_overall_size: limits.objectMetadataBytes,
    max_header_size: 32 * 1024,
    max_object_name_length: limits.objectNameBytes,
    container_listing_limit: limits.listingEntries,
    account_listing_limit: limits.listingEntries,
    max_account_name_length: 256,
    max_container_name_length: limits.containerNameBytes,
    extra_header_count: 0,
    strict_cors_mode: true,
    allow_account_management: false,
    account_autocreate: true,
    policies: [{ name: policyName, default: true, aliases: policyName }],
  },
  account_quotas: {},
  bulk_delete: { max_deletes_per_request: limits.bulkObjects, max_failed_deletes: 1_000 },
  bulk_upload: { max_containers_per_extraction: 10_000, max_failed_extractions: 1_000 },
  container_quotas: {},
  formpost: { allowed_digests: ['sha256', 'sha512'], deprecated_digests: [] },
  object_versioning: {},
  s3api: {
    allow_multipart_uploads: true,
    max_bucket_listing: 1_000,
    max_multi_delete_objects: 1_000,
    max_parts_listing: 1_000,
    max_upload_part_num: limits.uploadParts,
    min_segment_size: limits.uploadPartBytes,
    s3_acl: false,
  },
  slo: {
    max_manifest_segments: limits.manifestSegments,
    max_manifest_size: 8_388_608,
    min_segment_size: 1,
    yield_frequency: 10,
  },
  staticweb: {},
  tempurl: {
    methods: ['GET', 'HEAD', 'PUT', 'POST', 'DELETE'],
    allowed_digests: ['sha256', 'sha512'],
    deprecated_digests: [],
    incoming_allow_headers: [],
    incoming_remove_headers: ['x-timestamp'],
    outgoing_allow_headers: ['x-object-meta-public-*'],
    outgoing_remove_headers: [],
  },
  versioned_writes: { allowed_flags: ['x-versions-location'] },
}

export const discovery: readonly EndpointRow[] = [
  endpoint({
    id: 'object.info.show',
    method: 'GET',
    path: '/info',
    summary: 'Tells what this storage does.',
    access: 'open',
    operations: [],
    status: 200,
    run: info,
  }),
  endpoint({
    id: 'object.health.show',
    method: 'GET',
    path: '/healthcheck',
    summary: 'Answers OK.',
    access: 'open',
    operations: [],
    status: 200,
    run: () => ({ text: 'OK', headers: { 'content-type': 'text/plain' } }),
  }),
]
