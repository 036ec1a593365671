/** How the frames of a network are carried between hosts. */
export const segmentTypes = ['flat', 'vlan', 'vxlan', 'gre', 'geneve'] as const
export type SegmentType = (typeof segmentTypes)[number]

/** Greatest numbers of segments: VLAN tags (IEEE 802.1Q), VNIs (RFC 7348, RFC 8926), GRE keys. */
export const lastSegment: Readonly<Record<SegmentType, number>> = {
  flat: 0,
  vlan: 4_094,
  vxlan: 16_777_215,
  gre: 4_294_967_295,
  geneve: 16_777_215,
}

/** What carries a network. */
export interface NetworkSegment {
  readonly type: SegmentType
  /** The wire that flat and VLAN networks are on; null for tunnels. */
  readonly physicalNetwork: string | null
  /** VLAN tag, VNI or key; null for flat networks. */
  readonly segmentationId: number | null
}

/** Segments that share their numbers. */
export function segmentPoolOf({
  type,
  physicalNetwork,
}: Pick<NetworkSegment, 'type' | 'physicalNetwork'>): string {
  return `${type}/${physicalNetwork ?? ''}`
}
