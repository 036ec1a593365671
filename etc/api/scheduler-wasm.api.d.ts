// ---- @nephos/scheduler-wasm ----
/**
 * The Scheduler port of `@nephos/core`, by shape: this package needs nothing at run time, so it
 * says again what the port says. A test keeps the two assignable both ways.
 */
interface Scheduler {
    /** Adds hosts, or replaces all that is known of them but their use. */
    putHosts(hosts: readonly HostView[]): void;
    /** Forgets hosts and their use. Absent ids are ignored. */
    removeHosts(hostIds: readonly string[]): void;
    /**
     * Sets the absolute use of hosts, per resource class; classes not named are 0. Unknown hosts are
     * ignored.
     */
    setUsage(usages: readonly {
        readonly hostId: string;
        readonly used: Resources$1;
    }[]): void;
    /**
     * Adds (`sign` 1) or gives back (−1) use: for claims decided elsewhere, and for undoing a
     * reservation.
     */
    adjust(claims: readonly Claim[], sign: 1 | -1): void;
    /**
     * Decides, and on success reserves. The same state, ask and seed give the same answer, byte for
     * byte.
     */
    place(ask: PlacementAsk): PlacementAnswer;
    /** Decides without reserving. */
    preview(ask: PlacementAsk): PlacementAnswer;
    /**
     * Instances that an ask could get at most now, each of its rules heeded, whatever else is asked
     * for; up to 2,147,483,647.
     */
    room(ask: InstanceAsk): number;
    /**
     * The enabled hosts in use that hold the least, the emptiest first: by the sum, over classes, of
     * the part that is used.
     */
    lightest(limit: number): readonly string[];
    /**
     * Where claims could move so that their hosts become empty: one answer for one state. Nothing is
     * changed: what is placed afterwards is placed as if nobody had planned.
     */
    plan(ask: PlanAsk): PlanAnswer;
    /** Totals over hosts, for summaries. */
    capacity(): FleetCapacity;
    /** Use of one host, or undefined. */
    usage(hostId: string): Resources$1 | undefined;
}
/** Amounts by resource class: VCPU, MEMORY_MB, DISK_GB, CUSTOM_*. Non-negative integers. */
type Resources$1 = Readonly<Record<string, number>>;
interface HostView {
    readonly id: string;
    readonly zone: string;
    /** floor((total − reserved) × allocation ratio), per class; 32-bit range. */
    readonly capacity: Resources$1;
    readonly traits: readonly string[];
    readonly aggregates: readonly string[];
    /** A disabled host keeps its use and takes nothing new. */
    readonly enabled: boolean;
}
interface Claim {
    readonly hostId: string;
    readonly resources: Resources$1;
    /** How many times `resources`. */
    readonly count: number;
}
declare const placementPolicies: readonly ["pack", "spread", "balance", "best-fit", "weighed"];
type PlacementPolicy = (typeof placementPolicies)[number];
/** What one instance takes, and where it may lie. */
interface InstanceAsk {
    /** At least one class; every amount ≥ 0. */
    readonly resources: Resources$1;
    readonly requiredTraits?: readonly string[];
    readonly forbiddenTraits?: readonly string[];
    /** The host's zone must be one of these. */
    readonly zones?: readonly string[];
    /** For each set, the host is in at least one of its aggregates. */
    readonly memberOf?: readonly (readonly string[])[];
    /** The host is in none of these aggregates. */
    readonly notMemberOf?: readonly string[];
    /** Only these hosts. */
    readonly hostIds?: readonly string[];
    /** Never these hosts (alternates after a failed build). */
    readonly excludedHostIds?: readonly string[];
    readonly group?: GroupRule;
    readonly policy: PlacementPolicy;
    /** With `weighed`: by class, −15…15; 1 if not named. */
    readonly weights?: Readonly<Record<string, number>>;
    /** Breaks ties: where among hosts in the same state to begin, one of eight places. */
    readonly seed: number;
}
interface PlacementAsk extends InstanceAsk {
    /** All or nothing below `min`; as many as fit up to `max`. */
    readonly min: number;
    readonly max: number;
}
interface GroupRule {
    readonly policy: 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity';
    /** Anti-affinity only: members that one host may hold; 1 if undefined. */
    readonly maxPerHost?: number;
    /** Members that hosts hold already. */
    readonly members: readonly {
        readonly hostId: string;
        readonly count: number;
    }[];
}
type PlacementAnswer = {
    readonly ok: true;
    readonly assignments: readonly Assignment[];
    readonly placed: number;
} | {
    readonly ok: false;
    readonly explanation: Explanation;
};
/** `count` instances on one host. Assignments name each host once. */
interface Assignment {
    readonly hostId: string;
    readonly count: number;
}
/** Which hosts are to be emptied, and of what. */
interface PlanAsk {
    /**
     * `drain`: what finds room moves, the rest is stuck; no host of the plan takes anything.
     * `defragment`: a host that can be emptied wholly, onto hosts in use, is; others are left alone.
     */
    readonly mode: 'drain' | 'defragment';
    /** In this order, each once. Unknown ones are ignored. */
    readonly hosts: readonly HostToEmpty[];
    /** The groups that claims name, with all of their members: those to be moved, too. */
    readonly groups: Readonly<Record<string, GroupRule>>;
    /** Moves at most; any number if undefined. */
    readonly moves?: number;
    /** Hosts to empty at most; any number if undefined. */
    readonly most?: number;
}
interface HostToEmpty {
    readonly hostId: string;
    /** A host that holds more than these is not emptied by moving them. */
    readonly claims: readonly MovableClaim[];
}
/** What one instance takes of its host, and where else it may lie. */
interface MovableClaim {
    /** The caller's name for it, unique in a plan. */
    readonly key: string;
    readonly ask: Omit<InstanceAsk, 'group'>;
    /** One of the plan's groups, of which it is a member. */
    readonly group?: string;
}
interface PlanAnswer {
    /** In an order in which they can be carried out one by one. */
    readonly moves: readonly PlannedMove[];
    /** In drains: what has nowhere to go. Members of a hard affinity group move together or not. */
    readonly stuck: readonly StuckClaim[];
    /** Hosts that hold nothing when all moves are done. */
    readonly freed: readonly string[];
}
interface PlannedMove {
    readonly key: string;
    readonly from: string;
    readonly to: string;
}
interface StuckClaim {
    readonly key: string;
    readonly hostId: string;
    /** Why no host takes it: the hosts that are to be emptied count as not listed. */
    readonly explanation: Explanation;
}
/** Why an ask was refused. */
interface Explanation {
    readonly hosts: number;
    /** Every host under one reason: the first, in the order of reasons, that rules it out. */
    readonly ruledOut: Readonly<Record<RefusalReason, number>>;
    /** Hosts that each reason rules out by itself, whatever the others do. */
    readonly alone: Readonly<Record<RefusalReason, number>>;
    /** Hosts that could take at least one instance. */
    readonly feasibleHosts: number;
    /** The largest count that would have been placed: < min. */
    readonly nearestFeasible: number;
    /** The class that rules out most hosts, or null. */
    readonly scarcest: string | null;
    /** Hosts with too little of each class, each class counted on its own. */
    readonly shortOf: Readonly<Record<string, number>>;
}
/** In the order in which they are tested. */
declare const refusalReasons: readonly ["disabled", "zone", "aggregate", "requiredTrait", "forbiddenTrait", "notListed", "group", "resources"];
type RefusalReason = (typeof refusalReasons)[number];
interface FleetCapacity {
    readonly hosts: number;
    readonly enabledHosts: number;
    /** Hosts with any use. */
    readonly usedHosts: number;
    readonly total: Resources$1;
    readonly used: Resources$1;
}

/** What the engine runs on. All give the same answers; `typescript` is the slow, obvious one. */
declare const tiers: readonly ["simd", "plain", "typescript"];
type Tier = (typeof tiers)[number];
interface EngineOptions {
    /** `auto`, the default, takes the fastest that runs here. */
    readonly tier?: Tier | 'auto';
}
/**
 * Makes an empty placement engine.
 *
 * @throws EngineError for an unknown tier, or one that this runtime cannot run.
 */
declare function createEngine(options?: EngineOptions): Scheduler;
/** The tier that `auto` means here. */
declare function fastestTier(): Tier;

/**
 * What went wrong. `invalid`: input that the engine cannot take. `corrupt`: bytes that are no
 * snapshot. `trapped`: the module stopped in the middle of a call; its state is lost, and a new
 * engine is to be made from a snapshot.
 */
type EngineErrorCode = 'invalid' | 'corrupt' | 'trapped';
/** Thrown for what the engine cannot do. Unless it says `trapped`, nothing was changed. */
declare class EngineError extends Error {
    readonly name = "EngineError";
    readonly code: EngineErrorCode;
    /** Path of the input concerned, e.g. `hosts[0].capacity.VCPU`. */
    readonly field: string;
    /** The bound that was broken, as a number or a short text. */
    readonly limit: number | string;
    constructor(message: string, field: string, limit: number | string, code?: EngineErrorCode);
}

declare const policyNames: readonly ["pack", "spread", "balance", "fragmentation", "lifetime", "best-fit", "weighed"];
type PolicyName = (typeof policyNames)[number];

/** Amounts by resource class. Integers, 0 to 2,147,483,647, in units of the caller's choice. */
type Resources = Readonly<Record<string, number>>;
interface HostSpec {
    readonly id: string;
    /** What the host can give, overcommitment included. At most 16 classes. */
    readonly capacity: Resources;
    readonly zone?: string;
    readonly rack?: string;
    readonly traits?: readonly string[];
    readonly aggregates?: readonly string[];
    /** A disabled host keeps what it holds and takes nothing new. Default true. */
    readonly enabled?: boolean;
    /**
     * NUMA cells, at most 8: what lies in each, of at most 4 classes. `capacity` names the host's
     * totals, those of cells included.
     */
    readonly cells?: readonly Resources[];
    /** Devices of one model, at most 16; each has 1,000 units. */
    readonly devices?: {
        readonly model: string;
        readonly count: number;
    };
}
/** Who belongs together, or apart. */
interface GroupAsk {
    readonly policy: 'affinity' | 'anti-affinity' | 'soft-affinity' | 'soft-anti-affinity';
    /** What members share or do not share. Default `host`. */
    readonly scope?: 'host' | 'rack' | 'zone';
    /** Anti-affinity: members that one host (rack, zone) may hold. Default 1. */
    readonly maxPerHost?: number;
    /** A group whose members the fleet counts by itself, from its allocations. */
    readonly id?: string;
    /**
     * A fault domain of the group, with affinity in a rack or zone: members that name one part share
     * a rack (zone), and no two parts of a group do.
     */
    readonly part?: string;
    /** Members that the fleet does not know of. Hosts that it does not know count for nothing. */
    readonly members?: readonly {
        readonly hostId: string;
        readonly count: number;
    }[];
}
interface Ask {
    /** What one instance takes; at least one class. */
    readonly resources: Resources;
    /** Instances, all or none. Default 1. Not together with `min` and `max`. */
    readonly count?: number;
    /** As many as fit up to `max`, none below `min`. One of them alone is all or none of it. */
    readonly min?: number;
    readonly max?: number;
    /**
     * In how many NUMA cells one instance lies; what hosts have per cell is split evenly over them,
     * rounded up. Default 0: it floats.
     */
    readonly cells?: number;
    /** Devices of one instance, and units of each (1…1,000, default 1,000 = whole). */
    readonly devices?: {
        readonly count: number;
        readonly units?: number;
        readonly models?: readonly string[];
    };
    readonly requiredTraits?: readonly string[];
    /** Of each set, at least one. */
    readonly anyTraits?: readonly (readonly string[])[];
    readonly forbiddenTraits?: readonly string[];
    readonly zones?: readonly string[];
    readonly racks?: readonly string[];
    readonly hostIds?: readonly string[];
    readonly excludedHostIds?: readonly string[];
    /** Of each set, the host is in at least one. */
    readonly memberOf?: readonly (readonly string[])[];
    readonly notMemberOf?: readonly string[];
    /** Who asks. Hosts in isolated aggregates take only the tenants of these. */
    readonly tenant?: string;
    readonly group?: GroupAsk;
    /**
     * Shares instances out over zones or racks that may hold them, those of the group there already
     * included: none holds over `maxSkew` (default 1) more than any other; if `soft`, as evenly as
     * there is room.
     */
    readonly spread?: {
        readonly by: 'zone' | 'rack';
        readonly maxSkew?: number;
        readonly soft?: boolean;
    };
    /** The application, for pairwise limits. */
    readonly app?: string;
    /** Default `pack`. */
    readonly policy?: PolicyName;
    /**
     * How much a class counts in scores, −15…15. Default 1. Below 0 `weighed` wants the fuller host;
     * other policies count it as 0.
     */
    readonly weights?: Readonly<Record<string, number>>;
    /** A higher number may displace a lower one, in plans of `preempt`. Default 0. */
    readonly priority?: number;
    /** When the instance is expected to end, and what time it is; in the unit of `lifetimeBin`. */
    readonly until?: number;
    readonly now?: number;
    /** Draws among hosts that are equal in all. */
    readonly seed?: number;
}
/** `count` instances on one host. Assignments name each host once. */
interface FleetAssignment {
    readonly hostId: string;
    readonly count: number;
}
interface Accepted {
    readonly ok: true;
    readonly placed: number;
    readonly assignments: readonly FleetAssignment[];
    /** Their numbers, in the order of assignments; none for a preview. */
    readonly allocations: readonly number[];
}
interface Refused {
    readonly ok: false;
    readonly explanation: FleetExplanation;
}
type Answer = Accepted | Refused;
/** In the order in which a host is tested. */
declare const constraints: readonly ["disabled", "zone", "aggregate", "requiredTrait", "forbiddenTrait", "tenant", "notListed", "group", "resources"];
type Constraint = (typeof constraints)[number];
interface FleetExplanation {
    readonly hosts: number;
    /** Hosts that could take at least one instance. */
    readonly feasibleHosts: number;
    /** Instances that would be placed if so few were asked for. */
    readonly nearestFeasible: number;
    /** Hosts by the first constraint that rules them out. */
    readonly ruledOut: Readonly<Record<Constraint, number>>;
    /** Hosts that each constraint rules out, whatever the others do. */
    readonly alone: Readonly<Record<Constraint, number>>;
    /** Among hosts that only resources rule out: those short of each class, of `cells`, `devices`. */
    readonly shortOf: Readonly<Record<string, number>>;
    /** What most of them are short of, the first by name among equals, or null. */
    readonly scarcest: string | null;
}
interface Move {
    readonly allocation: number;
    readonly from: string;
    readonly to: string;
}
/** What is known of an allocation. */
interface AllocationView {
    readonly hostId: string;
    readonly resources: Resources;
    /** Numbers of the devices and cells that it lies on. */
    readonly devices: readonly number[];
    readonly cells: readonly number[];
    readonly app?: string;
    readonly group?: string;
    readonly part?: string;
    readonly priority: number;
}
type FleetTier = 'simd' | 'plain' | 'typescript';
interface FleetOptions {
    /** `auto`, the default, takes the fastest that runs here. */
    readonly tier?: FleetTier | 'auto';
    /** Room to be made at once; more is made on demand. */
    readonly hosts?: number;
    readonly allocations?: number;
    /** The workload that the fragmentation policy keeps room for; at most 1,024 asks. */
    readonly typical?: readonly {
        readonly ask: Ask;
        readonly weight: number;
    }[];
    /** Length of a bin of expected ends, e.g. 3,600 s. Without it, ends are not kept. */
    readonly lifetimeBin?: number;
}
interface FleetTotals {
    readonly hosts: number;
    readonly enabledHosts: number;
    /** Hosts with any use. */
    readonly usedHosts: number;
    readonly total: Resources;
    readonly used: Resources;
}

interface DefragmentBudget {
    /** Moves at most. */
    readonly moves: number;
    /** Hosts to free at most; any number if not said. */
    readonly hosts?: number;
}
interface DefragmentPlan {
    readonly moves: readonly Move[];
    readonly freedHosts: readonly string[];
}

interface DrainPlan {
    /** In an order in which they can be carried out one by one. */
    readonly moves: readonly Move[];
    /** Allocations that fit on no other host that they may lie on. */
    readonly stuck: readonly number[];
}

/** How well what is free can be used for one ask. */
interface AskFragmentation {
    /** Instances that fit. */
    readonly room: number;
    /** Instances that would fit if all that is free lay on one host: the least of free ÷ amount. */
    readonly ideal: number;
    /** 1 − room ÷ ideal: 0 = nothing is lost, 1 = nothing fits. 0 if `ideal` is. */
    readonly lost: number;
    /** What is free on hosts that take not even one, by class. */
    readonly stranded: Resources;
}
interface FragmentationReport {
    /** Free on enabled hosts, by class; use beyond capacity counts as 0. */
    readonly free: Resources;
    /** The largest free amount of a class on one enabled host. */
    readonly largest: Resources;
    /** What is free on enabled hosts that take none of the asks: no good to anybody. */
    readonly stranded: Resources;
    /** In the order of the asks. */
    readonly asks: readonly AskFragmentation[];
}

type GangAnswer = {
    readonly ok: true;
    readonly parts: readonly Accepted[];
} | {
    readonly ok: false;
    readonly part: number;
    readonly explanation: FleetExplanation;
};
interface GangOptions {
    /**
     * As many instances as fit, whatever the least numbers of the asks: then the answer is always
     * `ok`, and each of its parts says how many were placed, none being possible. Default false: all
     * asks, or none.
     */
    readonly partial?: boolean;
}

interface PreemptPlan {
    readonly hostId: string;
    /** To be released; none if the ask fits as things are. */
    readonly victims: readonly number[];
}

/** An ask that is compiled once; its names are not looked at again. */
interface PreparedAsk {
    /**
     * Places one instance.
     *
     * @param until Its expected end, and the time of now, in the unit of `lifetimeBin`.
     * @returns its allocation, or −1 when it fits nowhere.
     */
    place(until?: number, now?: number): number;
    /**
     * Places `count` instances, all or none, and writes their allocations to `out`.
     *
     * @returns how many: `count` or 0.
     */
    placeMany(count: number, out: Float64Array): number;
}

/** What would be different. Allocations are released first; then hosts go, then hosts come. */
interface FleetChanges {
    readonly put?: readonly HostSpec[];
    readonly remove?: readonly string[];
    readonly release?: readonly number[];
}

/**
 * Hosts, and what lies on them. Everything is checked at this border: what is malformed throws an
 * EngineError that names the field, and changes nothing.
 *
 * The same calls in the same order give the same answers, on every tier.
 */
declare class Fleet {
    #private;
    /** @throws EngineError for options that it cannot take. */
    constructor(options?: FleetOptions);
    get tier(): FleetTier;
    /** Hosts. */
    get size(): number;
    /** Bytes held for hosts and allocations; names not counted. */
    get bytes(): number;
    /**
     * Adds hosts, or replaces all that is known of them but what they hold. All or none. The first
     * hosts say which resource classes there are; a class, cell or device that comes later widens all
     * rows, which takes as long as loading them did.
     */
    putHosts(hosts: readonly HostSpec[]): void;
    /** Forgets hosts and their allocations. Ids that are not there are ignored. */
    removeHosts(ids: readonly string[]): void;
    /** Decides, and on success reserves: every instance becomes an allocation. */
    place(ask: Ask): Answer;
    /** Answers as `place` would, and changes nothing. */
    preview(ask: Ask): Answer;
    /** Places all asks, or none; or with `partial` as much of them as fits. */
    placeAll(asks: readonly Ask[], options?: GangOptions): GangAnswer;
    /** Compiles an ask for many calls; the fastest way to place. */
    prepare(ask: Ask): PreparedAsk;
    /** Gives allocations back: all, or none if one is not live or named twice. */
    release(allocations: readonly number[] | Float64Array): void;
    /** Gives one allocation back, by the shortest way. */
    releaseOne(allocation: number): void;
    /**
     * Puts an allocation on another host that has room for it, under the same number. Labels, groups
     * and limits are not looked at.
     */
    move(allocation: number, hostId: string): void;
    /**
     * From now on a host with any instance of `app` holds at most `max` of `other`, whichever comes
     * first; with `app` = `other`, at most `max` of itself. Null lifts the limit.
     */
    limit(app: string, other: string, max: number | null): void;
    /** Hosts of an aggregate take only asks of these tenants; null lets all in again. */
    isolate(aggregate: string, tenants: readonly string[] | null): void;
    /** What is known of an allocation; undefined if it is not live. */
    allocation(id: number): AllocationView | undefined;
    /** Live allocations of a host, newest first. */
    allocationsOf(hostId: string): readonly number[];
    /** What is used of a host, by class; undefined if it is not there. */
    usage(hostId: string): Resources | undefined;
    /** What every constraint of an ask does to the fleet, whether it could be placed or not. */
    explain(ask: Ask): FleetExplanation;
    /** Instances that an ask could have at most, whatever its counts say. */
    capacity(ask: Ask): number;
    /** Sums over all hosts. */
    totals(): FleetTotals;
    /**
     * What `ask` would get if hosts were put and removed, and allocations released; the fleet itself
     * stays as it is.
     */
    whatIf(changes: FleetChanges, ask: Ask): Answer;
    /** How much of what is free is of use for typical asks. */
    fragmentation(asks: readonly Ask[]): FragmentationReport;
    /** A plan that empties a host; the fleet itself stays as it is. */
    drain(hostId: string): DrainPlan;
    /** A plan that frees hosts by moves; the fleet itself stays as it is. */
    defragment(budget: DefragmentBudget): DefragmentPlan;
    /** A plan that makes room for one instance by releasing others of lower priority, or null. */
    preempt(ask: Ask): PreemptPlan | null;
    /** The workload that the policy `fragmentation` keeps room for; replaces the one before. */
    setTypical(typical: NonNullable<FleetOptions['typical']>): void;
    /** All of the fleet, to be restored. */
    snapshot(): Uint8Array;
    /**
     * A fleet from a snapshot: it answers as the one that was saved would.
     *
     * @throws EngineError `corrupt` for bytes that are no snapshot.
     */
    static restore(bytes: Uint8Array, options?: {
        readonly tier?: FleetTier | 'auto';
    }): Fleet;
    /** What the fleet holds, in sixteen hexadecimal digits, whatever its history. */
    hash(): string;
}

/** Every bound of a fleet, each with its reason. */
declare const fleetLimits: {
    /** A column of a state is a signed 32-bit integer. */
    readonly amount: 2147483647;
    /** Instances of one ask. */
    readonly instances: 1000000;
    /** Resource classes that all hosts together know: each costs 4 bytes a class of hosts. */
    readonly classes: 16;
    /** Cells of a host: their bits lie beside those of devices in one word. */
    readonly cells: 8;
    /** Resource classes that lie in cells. */
    readonly cellClasses: 4;
    readonly devices: 16;
    /** Units of a device. */
    readonly units: 1000;
    readonly weight: 15;
    /** Slots of hosts that a kernel has. */
    readonly hosts: 2097152;
    /** Room for allocations made at once: a module has 4 GiB, of which each takes 24 bytes. */
    readonly allocations: 100000000;
    /** Different (capacity, labels) that hosts have had since the kernel was made. */
    readonly kinds: 1000000;
    /** Entries of one list of labels. */
    readonly labels: 1024;
    /** Host ids in one list of an ask, and members of a group. */
    readonly hostIds: 100000;
    /** Members on one host; a rank has 24 bits for them. */
    readonly members: 1000000;
    /** Typical asks; weights 1 to a million. */
    readonly typical: 1024;
    /** Characters of a name or an id. */
    readonly nameLength: 255;
    /** Priorities are small integers, and may be negative. */
    readonly priority: 1000000;
    /** Compiled asks kept, so that an ask like one before is not compiled again. */
    readonly templates: 4096;
    /** Shapes that the kernel keeps candidates of. */
    readonly shapes: 256;
};

/** Every bound of the engine, each with its reason. */
declare const engineLimits: {
    /** A column of a state is a signed 32-bit integer. */
    readonly amount: 2147483647;
    /** Instances of one ask: what the core allows for one request. */
    readonly instances: 10000;
    /** Resource classes of one host or one ask, and of all hosts together. */
    readonly classes: 16;
    readonly fleetClasses: 16;
    /** Twice the largest fleet we plan for. */
    readonly hosts: 2097152;
    /** Traits, aggregates or zones in one list. */
    readonly labels: 1024;
    /** Host ids in one list of an ask, members of a group included. */
    readonly hostIds: 100000;
    /** Members of a group on one host; a rank has 24 bits for them. */
    readonly members: 1000000;
    /** Characters of a name or an id. */
    readonly nameLength: 255;
};

/**
 * Limits binding two applications: on a host that holds `app`, at most `max` replicas of `other`
 * may run. It binds both ways: whichever of the two comes first, the pair is never broken. With
 * `app` equal to `other` it says how many replicas of one application a host may hold.
 */
interface PairLimit {
    /** Index of the application in the problem's list. */
    readonly app: number;
    /** Index of the application that is limited where `app` runs. */
    readonly other: number;
    /** The most replicas of `other` beside `app`; 0 keeps the two apart. */
    readonly max: number;
}
/** Many limits at once, one column each: what problems with millions of them use. */
interface PairLimitTable {
    readonly app: Int32Array;
    readonly other: Int32Array;
    readonly max: Int32Array;
}
/** A long-running application: equal replicas. */
interface PlannedApp {
    /** What one replica needs of each resource, in the order of the host's capacity. */
    readonly amounts: readonly number[];
    readonly replicas: number;
}
/** What is to be planned: how few equal hosts hold all replicas of all applications? */
interface FleetProblem {
    /** What one host has of each resource: 1 to 16 positive whole numbers. */
    readonly capacity: readonly number[];
    readonly apps: readonly PlannedApp[];
    readonly limits?: readonly PairLimit[] | PairLimitTable;
}
interface FleetPlanOptions {
    /** Draws between equals; the same problem, seed and budget give the same plan. 1 if undefined. */
    readonly seed?: number;
    /**
     * How much work may go into a better plan after the first, counted in hosts looked at: a measure
     * that is the same on every machine. 10 million if undefined; 0 takes the first plan.
     */
    readonly budget?: number;
    /** Asked now and then; the search ends once it says no. The best plan so far is returned. */
    readonly keepGoing?: () => boolean;
}
/** Some replicas of one application on a host. */
interface PlannedReplicas {
    /** Index of the application in the problem's list. */
    readonly app: number;
    readonly replicas: number;
}
interface FleetPlan {
    /** How many hosts are used. */
    readonly hosts: number;
    /** For each host, what it holds, by rising index of application. */
    readonly assignment: readonly (readonly PlannedReplicas[])[];
    /** No plan has fewer hosts than this: see `lowerBound`. */
    readonly lowerBound: number;
    /** As counted by `countViolations` on the finished plan; always 0. */
    readonly violations: number;
    /** Work done, in hosts looked at. */
    readonly steps: number;
}

/**
 * Checks a plan against its problem, by plain counting and with nothing of the planner's own.
 *
 * One violation is: a resource of which a host gives more than it has; a limit that is broken on a
 * host; each replica of an application that is missing or too many; an entry that names no
 * application or no whole positive number of replicas.
 *
 * @returns How many violations there are; 0 for a valid plan.
 */
declare function countViolations(problem: FleetProblem, assignment: readonly (readonly PlannedReplicas[])[]): number;

/** Bounds on what one call of the planner takes. */
declare const plannerLimits: {
    readonly dimensions: 16;
    readonly apps: 1000000;
    /** Of a resource on one host. */
    readonly amount: number;
    /** Replicas of all applications together. */
    readonly replicas: 16777216;
    readonly limits: 134217728;
};

/**
 * Hosts that no plan can do without: the most that any of these says.
 *
 * - For each resource alone, the sum of all needs over the capacity of a host, rounded up.
 * - For each resource alone, the bound L2: S. Martello and P. Toth, "Lower bounds and reduction
 *   procedures for the bin packing problem", Discrete Applied Mathematics 28 (1990). For every
 *   threshold α up to half a host, replicas over C − α stand alone, those over C/2 stand apart from
 *   each other, and those from α to C/2 fill what these leave.
 * - For each resource alone, the dual-feasible functions u(k): S. P. Fekete and J. Schepers, "New
 *   classes of fast lower bounds for bin packing problems", Mathematical Programming 91 (2001).
 *   With k + 1 times the need a whole multiple of the capacity the share of it counts, else the
 *   whole multiples in it over k.
 * - The replicas of one application over the most that one host can hold, by capacity and by the
 *   application's limit on itself.
 * - The same, summed over applications that were found to be pairwise kept apart.
 *
 * @returns A whole number of hosts; 0 without replicas.
 * @throws {EngineError} for a problem that `planFleet` would not take either.
 */
declare function lowerBound(problem: FleetProblem): number;

/**
 * Plans how few equal hosts hold long-running applications with limits between them: vector bin
 * packing in up to 16 dimensions with pairwise limits.
 *
 * A fleet of a fixed size is filled by spreading, largest applications first (see `Spreader`), and
 * what is left over is squeezed in by exchanges between hosts (see `Squeezer`); hosts are added for
 * what still does not fit. The number is first a little above the lower bound, then searched by
 * halving, and in the end other orders are tried for one host less. Spreading over a fixed number
 * of hosts follows C. Mommessin et al., "Affinity-aware resource provisioning for long-running
 * applications in shared clusters", Journal of Parallel and Distributed Computing (2023); squeezing
 * is our own. What limits keep from every host comes earlier next time, after D. Joslin and
 * D. Clements, "Squeaky wheel optimization", Journal of Artificial Intelligence Research 10 (1999).
 *
 * @throws {EngineError} for a problem or options that are not as described; `field` says where.
 */
declare function planFleet(problem: FleetProblem, options?: FleetPlanOptions): FleetPlan;

export { type Accepted, type AllocationView, type Answer, type Ask, type AskFragmentation, type Assignment, type Claim, type Constraint, type DefragmentBudget, type DefragmentPlan, type DrainPlan, EngineError, type EngineOptions, type Explanation, Fleet, type FleetAssignment, type FleetCapacity, type FleetChanges, type FleetExplanation, type FleetOptions, type FleetPlan, type FleetPlanOptions, type FleetProblem, type FleetTier, type FleetTotals, type FragmentationReport, type GangAnswer, type GangOptions, type GroupAsk, type GroupRule, type HostSpec, type HostToEmpty, type HostView, type InstanceAsk, type MovableClaim, type Move, type PairLimit, type PairLimitTable, type PlacementAnswer, type PlacementAsk, type PlacementPolicy, type PlanAnswer, type PlanAsk, type PlannedApp, type PlannedMove, type PlannedReplicas, type PolicyName, type PreemptPlan, type PreparedAsk, type RefusalReason, type Refused, type Resources$1 as Resources, type Scheduler, type StuckClaim, type Tier, constraints, countViolations, createEngine, engineLimits, fastestTier, fleetLimits, lowerBound, placementPolicies, planFleet, plannerLimits, refusalReasons, tiers };
