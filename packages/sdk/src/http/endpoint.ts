import type { OperationRow } from '@nephos/core'
import type { z } from 'zod'
import type { Exchange } from './exchange.ts'
import type { Fault, Statuses } from './faults.ts'
import type { Microversions } from './microversion.ts'
import type { RawQuery } from './paging.ts'
import type { Reply } from './reply.ts'

export const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'COPY', 'OPTIONS'] as const
export type Method = (typeof methods)[number]

/**
 * Who may knock: `token` needs one; `optional` takes one, and what is refused without it the
 * endpoint decides; `open` reads none.
 */
export type Access = 'token' | 'optional' | 'open'

/** What a table of endpoints shows of each: router, documentation and tests read it. */
export interface EndpointRow {
  /** `api.noun.verb`, e.g. `compute.servers.create`. */
  readonly id: string
  readonly method: Method
  /**
   * Beneath the base of its API: `/servers/{server_id}`. `{name+}` at the end takes the rest,
   * slashes included.
   */
  readonly path: string
  readonly summary: string
  /** The first microversion that has it, by its minor number. */
  readonly since?: number
  /** The last microversion that has it. */
  readonly until?: number
  readonly access: Access
  /** The operations that it may invoke: their policies say who may call it. */
  readonly operations: readonly OperationRow[]
  readonly query?: z.ZodType
  /** Of the JSON body. Absent: no body is read. */
  readonly body?: z.ZodType
  /** A body that it takes: documentation shows it, tests send it. */
  readonly example?: unknown
  /** `stream`: the endpoint reads the bytes of the body itself. */
  readonly reads?: 'stream'
  /** When it succeeds, unless the reply says another. */
  readonly status: number
  /** Of the JSON answer. */
  readonly answer?: z.ZodType
  /** Where its errors differ from those of its API. */
  readonly statuses?: Statuses
  readonly run: (exchange: Exchange<never, never>) => Promise<Reply> | Reply
}

/** A row with the types of its query and body. */
export interface Endpoint<Q, B> extends EndpointRow {
  readonly query?: z.ZodType<Q>
  readonly body?: z.ZodType<B>
  readonly run: (exchange: Exchange<Q, B>) => Promise<Reply> | Reply
}

/** A row of the table. */
export function endpoint<Q = RawQuery, B = undefined>(row: Endpoint<Q, B>): EndpointRow {
  return Object.freeze(row)
}

/** One service's HTTP interface. */
export interface Api {
  /** First part of its endpoints' ids: `compute`. */
  readonly name: string
  /** As the catalogue calls it: `compute`, `volumev3`. */
  readonly type: string
  /** For people: `Compute`. */
  readonly title: string
  /** The name of the service in the catalogue: `nova`. */
  readonly service: string
  /** First segment of its paths: `/compute`. Empty for one that `claims` its requests. */
  readonly mount: string
  /**
   * What follows the mount; the first is the one that links use. `{project_id}` there must be the
   * project of the token.
   */
  readonly bases: readonly string[]
  /** Path of the catalogue's URL beneath the mount, for a project. Absent: not in the catalogue. */
  readonly catalogPath?: (projectId: string | null) => string
  readonly microversions?: Microversions
  /** Where errors have other statuses than usual. */
  readonly statuses?: Statuses
  /** When the project in the path is not the token's; 403 unless said. */
  readonly foreignProject?: number
  /** The body of an error, as the service writes them, with its content type unless JSON. */
  readonly fault: (fault: Fault) => unknown
  /** Content type of errors that are texts. */
  readonly faultType?: string
  /** A header beside `x-openstack-request-id` that carries the request's id. */
  readonly requestIdHeader?: string
  /** How that header writes it; as it is unless said. */
  readonly requestIdForm?: (requestId: string) => string
  /** True for a request that is this API's wherever it goes, such as a signed one. */
  readonly claims?: (request: Request, url: URL) => boolean
  readonly endpoints: readonly EndpointRow[]
  /** Endpoints directly beneath the mount: documents that tell of versions. */
  readonly discovery?: readonly EndpointRow[]
}
