/**
 * Hosts by how much is free on them, in buckets of equal width: an approximate priority queue with
 * constant-time moves. Within a bucket the host that came first is met first.
 */
export class Buckets {
  /** The first host of a bucket, or −1. */
  readonly first: Int32Array
  /** The host after a host in its bucket, or −1. */
  readonly next: Int32Array
  readonly #last: Int32Array
  readonly #previous: Int32Array
  readonly #bucket: Int32Array

  constructor(buckets: number, hosts: number) {
    this.first = new Int32Array(buckets).fill(-1)
    this.#last = new Int32Array(buckets).fill(-1)
    this.next = new Int32Array(hosts).fill(-1)
    this.#previous = new Int32Array(hosts).fill(-1)
    this.#bucket = new Int32Array(hosts).fill(-1)
  }

  move(host: number, bucket: number): void {
    const from = this.#bucket[host] as number
    if (from === bucket) return
    if (from >= 0) this.#take(host, from)
    const last = this.#last[bucket] as number
    this.#previous[host] = last
    this.next[host] = -1
    if (last >= 0) this.next[last] = host
    else this.first[bucket] = host
    this.#last[bucket] = host
    this.#bucket[host] = bucket
  }

  #take(host: number, bucket: number): void {
    const previous = this.#previous[host] as number
    const next = this.next[host] as number
    if (previous >= 0) this.next[previous] = next
    else this.first[bucket] = next
    if (next >= 0) this.#previous[next] = previous
    else this.#last[bucket] = previous
  }
}
