/**
 * What the cloud may read from the web on behalf of its users. It is told addresses, never names:
 * the core has judged them. It follows no redirects and sends nothing that identifies anybody.
 */
export interface WebSource {
  /** Ports, and hosts, that the operator lets users reach. */
  readonly policy: WebPolicy
  /** Every address of a name. @throws CloudError `unavailable` when it has none, or nobody says. */
  lookup(name: string, options?: { readonly signal?: AbortSignal }): Promise<readonly string[]>
  /**
   * Asks this address for the page, and gives up when nothing comes for a while.
   *
   * @throws CloudError `unavailable`.
   */
  open(request: WebRequest, options?: { readonly signal?: AbortSignal }): Promise<WebResponse>
}

export interface WebPolicy {
  /** TCP ports; 80 and 443 usually. */
  readonly ports: readonly number[]
  /**
   * `name:port` of hosts in the operator's own network that may be read although they are there.
   */
  readonly trusted: readonly string[]
}

export interface WebRequest {
  /** The address to connect to: an IPv4 or IPv6 one. */
  readonly address: string
  /** With this host in its header, and in the certificate that is asked for. */
  readonly url: string
}

export interface WebResponse {
  readonly status: number
  /** Where a redirect leads, as it was sent. */
  readonly location: string | null
  /** How the bytes are packed; null: they are not. */
  readonly encoding: string | null
  /** Bytes that will come, if the server says so. */
  readonly size: number | null
  /** To be read to its end, or closed. */
  readonly body: AsyncIterable<Uint8Array>
  close(): void
}
