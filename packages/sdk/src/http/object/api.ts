import type { Api } from '../endpoint.ts'
import type { Fault } from '../faults.ts'
import { accounts } from './accounts.ts'
import { containers } from './containers.ts'
import { preflights } from './cors.ts'
import { discovery } from './info.ts'
import { objectReads } from './object-read.ts'
import { objectWrites } from './object-write.ts'
import { htmlFault, htmlType } from './replies.ts'
import { mount } from './who.ts'

/** Swift (https://docs.openstack.org/api-ref/object-store/). */
export const objectStore: Api = {
  name: 'object',
  type: 'object-store',
  title: 'Object storage',
  service: 'swift',
  mount,
  bases: ['/v1'],
  catalogPath: (projectId) => (projectId === null ? '/v1' : `/v1/AUTH_${projectId}`),
  statuses: { quotaExceeded: 413, addressesExhausted: 409 },
  fault: swiftFault,
  faultType: htmlType,
  requestIdHeader: 'x-trans-id',
  requestIdForm: transactionId,
  discovery,
  endpoints: [...accounts, ...containers, ...objectReads, ...objectWrites, ...preflights],
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  409: 'Conflict',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Request Entity Too Large',
  416: 'Requested Range Not Satisfiable',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
}

function swiftFault({ status, message }: Fault): string {
  return htmlFault(titles[status] ?? 'Error', message)
}

/** `tx`, 21 digits, a hyphen, and the second: all of which the request's id has already. */
function transactionId(requestId: string): string {
  const digits = requestId.replace(/^req-/, '').replaceAll('-', '')
  const seconds = Math.floor(Number.parseInt(digits.slice(0, 12), 16) / 1_000)
  return `tx${digits.slice(-21)}-${seconds.toString(16).padStart(10, '0')}`
}
