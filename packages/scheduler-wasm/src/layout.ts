/**
 * The one picture of the engine's memory, read by both sides: AssemblyScript imports these names as
 * constants, TypeScript as numbers. Everything is a little-endian 32-bit integer unless it says
 * otherwise; addresses and sizes are bytes.
 *
 *     0            CONTROL_BYTES                                             end of memory
 *     ┌────────────┬─────────┬─────────┬───────┬─────────┬──────────────────────┐
 *     │ control    │ block 0 │ block 1 │  ...  │ block n │ scratch of one call  │
 *     └────────────┴─────────┴─────────┴───────┴─────────┴──────────────────────┘
 *
 * A block holds LANES hosts, one lane each, as columns of LANES integers. Blocks are appended as
 * hosts come; nothing moves unless the fleet meets a new resource class, which widens every block.
 *
 *     block: a header, four columns of labels, three columns for each resource class
 *     ┌────────────────────────────── header: BLOCK_HEADER_BYTES ─────────────────────────────┐
 *     │ +0 dirty │ +4 live │ +8 label │ +12 same │ +16 marked │ ... │ +64 largest free, a class │
 *     ├──────────────────────────────── labels ───────────────────────────────────────────────┤
 *     │ meta × LANES │ hash × LANES │ second hash × LANES │ mark × LANES                        │
 *     ├──────────────────────────────── class 0 ──────────────────────────────────────────────┤
 *     │ free × LANES │ capacity × LANES │ inverse × LANES                                       │
 *     ├──────────────────────────────── class 1 ... ──────────────────────────────────────────┤
 *
 *     meta     −1: no host in this lane; else  signature << 2 | disabled << 1 | empty
 *     mark     during a call only:             members << 2 | listed << 1 | excluded
 *     free     capacity − use; negative when the capacity was lowered under the use
 *     inverse  floor(2³¹ / capacity), unsigned, or 0 without capacity:
 *              (free × inverse) >> 16 is the free share in 1/32,768
 *
 * The header sums up its block and is made afresh, when dirty, before it is read:
 *
 *     live     lanes that hold a host
 *     label    what `meta` is in all live lanes, but for the empty bit; −1 if they differ
 *     same     1 if all LANES lanes are alive and equal in meta, free and inverse
 *     marked   lanes with a mark
 */

export const LANES = 64
export const COLUMN_BYTES = 256
export const BLOCK_HEADER_BYTES = 192
export const BLOCK_DIRTY = 0
export const BLOCK_LIVE = 4
export const BLOCK_LABEL = 8
export const BLOCK_SAME = 12
export const BLOCK_MARKED = 16
export const BLOCK_LARGEST = 64

export const BLOCK_META = 192
export const BLOCK_HASH = 448
export const BLOCK_SECOND_HASH = 704
export const BLOCK_MARK = 960
/** Where the first resource class begins in a block. */
export const BLOCK_CLASSES = 1216
/** Bytes of one resource class in a block: three columns. */
export const CLASS_BYTES = 768
export const CLASS_FREE = 0
export const CLASS_CAPACITY = 256
export const CLASS_INVERSE = 512

export const META_EMPTY = 1
export const META_DISABLED = 2
export const META_SIGNATURE_SHIFT = 2
export const MARK_EXCLUDED = 1
export const MARK_LISTED = 2
export const MARK_MEMBERS_SHIFT = 2

/** Resource classes of a fleet: the largest-free list of a block header has so many places. */
export const CLASSES_MAX = 32
/** Resource classes that one ask may name. */
export const ASKED_MAX = 16

/* Control: the ask goes in, the answer comes out. */
export const IN_BLOCKS = 0
export const IN_CLASSES = 4
export const IN_BLOCK_BYTES = 8
/** Number of classes asked for with an amount > 0. */
export const IN_ASKED = 12
export const IN_MIN = 16
export const IN_MAX = 20
/** POLICY_* */
export const IN_POLICY = 24
/** SHARE_*: how the instances are shared out among the hosts in rank order. */
export const IN_SHARE = 28
/** RANK_*: what comes before the policy's score. */
export const IN_RANK = 32
/** Zones to balance over; 0 = no balance. */
export const IN_ZONES = 36
/** Instances that one host may take. */
export const IN_HOST_LIMIT = 40
/** Members that one host may hold, those it holds already included; 0 = any number. */
export const IN_MEMBERS_LIMIT = 44
/** 1: only hosts that hold members. */
export const IN_MEMBERS_ONLY = 48
/** 1: only listed hosts. */
export const IN_LISTED_ONLY = 52
/** 1: a class is asked for that no host has: nothing fits. */
export const IN_IMPOSSIBLE = 56
export const IN_SEED = 60
/** 1: take what was decided. */
export const IN_RESERVE = 64
/**
 * Addresses in scratch: reason of each signature (bytes), zone of each signature, zone table, heap,
 * answer.
 */
export const IN_FILTER = 68
export const IN_ZONE_OF = 72
export const IN_ZONE_TABLE = 76
export const IN_HEAP = 80
export const IN_ANSWER = 84
export const OUT_PLACED = 88

/**
 * Per asked class: byte offset of its free column in a block (−1: no such class), amount, class
 * number.
 */
export const IN_ASK_COLUMN = 128
export const IN_ASK_AMOUNT = 192
export const IN_ASK_CLASS = 256
/**
 * Made by the engine: multiplier and shift with which a free amount is divided by an amount asked.
 */
export const ASK_MULTIPLIER = 320
export const ASK_SHIFT = 384
/** Working columns for one block: score (−1 = cannot), instances, allowed (−1 or 0). */
export const WORK_SCORE = 512
export const WORK_TAKE = 768
export const WORK_ALLOWED = 1024
/**
 * Explanation: hosts, feasible hosts, hosts per reason (in the port's order), hosts short per asked
 * class.
 */
export const OUT_HOSTS = 1280
export const OUT_FEASIBLE = 1284
export const OUT_REASONS = 1288
export const OUT_SHORT = 1344
/**
 * Totals as 64-bit floats (exact below 2⁵³): capacity and use per class; hosts, enabled, used hosts
 * as integers.
 */
export const OUT_ENABLED = 1408
export const OUT_USED_HOSTS = 1412
export const OUT_TOTALS = 1536
export const CONTROL_BYTES = 2048

export const POLICY_PACK = 0
export const POLICY_SPREAD = 1
/**
 * Fill the best host, then the next; or one at a time to the host with the fewest; or all on one
 * host.
 */
export const SHARE_FILL = 0
export const SHARE_LEVEL = 1
export const SHARE_TOGETHER = 2
/**
 * Nothing; fewest members first; most members, then most instances taken first; most taken first.
 */
export const RANK_SCORE = 0
export const RANK_FEWEST_MEMBERS = 1
export const RANK_MOST_MEMBERS = 2
export const RANK_MOST_TAKEN = 3

/**
 * A rank is an unsigned 64-bit integer, smaller is better:
 * members (24 bits) << 40 | TAKEN_CEILING − instances taken (14 bits) << 21 | score (21 bits)
 * and equal ranks are ordered by hash, then by second hash.
 */
export const SCORE_BITS = 21
export const MEMBERS_SHIFT = 40
export const MEMBERS_CEILING = 16777215
export const TAKEN_CEILING = 16383
/** Added to the score of an empty host when packing; above any other score. */
export const SCORE_EMPTY = 1048576
/** A free share of 1. */
export const SHARE_ONE = 32768

/** An entry of the zone table: total and weight are 64-bit. */
export const ZONE_TOTAL = 0
export const ZONE_WEIGHT = 8
export const ZONE_HEAP = 16
export const ZONE_LENGTH = 20
export const ZONE_LIMIT = 24
export const ZONE_QUOTA = 28
export const ZONE_BYTES = 32
/** An entry of a heap: rank and hash (second hash in the low half) are unsigned 64-bit. */
export const ENTRY_RANK = 0
export const ENTRY_HASH = 8
export const ENTRY_SLOT = 16
export const ENTRY_TAKE = 20
export const ENTRY_BYTES = 24
/** An entry of the answer. */
export const ANSWER_SLOT = 0
export const ANSWER_COUNT = 4
export const ANSWER_BYTES = 8

/**
 * What the filter says of a signature: the number of the reason in the port's order + 1; 0 =
 * allowed.
 */
export const ALLOWED = 0
export const REASON_DISABLED = 0
export const REASON_NOT_LISTED = 1
export const REASON_GROUP = 6
export const REASON_RESOURCES = 7
export const REASONS = 8
