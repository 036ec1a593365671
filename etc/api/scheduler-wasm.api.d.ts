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
        readonly used: Resources;
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
    /** Totals over hosts, for summaries. */
    capacity(): FleetCapacity;
    /** Use of one host, or undefined. */
    usage(hostId: string): Resources | undefined;
}
/** Amounts by resource class: VCPU, MEMORY_MB, DISK_GB, CUSTOM_*. Non-negative integers. */
type Resources = Readonly<Record<string, number>>;
interface HostView {
    readonly id: string;
    readonly zone: string;
    /** floor((total − reserved) × allocation ratio), per class; 32-bit range. */
    readonly capacity: Resources;
    readonly traits: readonly string[];
    readonly aggregates: readonly string[];
    /** A disabled host keeps its use and takes nothing new. */
    readonly enabled: boolean;
}
interface Claim {
    readonly hostId: string;
    readonly resources: Resources;
    /** How many times `resources`. */
    readonly count: number;
}
type PlacementPolicy = 'pack' | 'spread';
interface PlacementAsk {
    /** What one instance takes. At least one class; every amount ≥ 0. */
    readonly resources: Resources;
    /** All or nothing below `min`; as many as fit up to `max`. */
    readonly min: number;
    readonly max: number;
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
    /** Breaks ties: equal hosts are taken in an order drawn from it. */
    readonly seed: number;
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
/**
 * Why an ask was refused. Every host is counted under exactly one reason: the first, in this order,
 * that rules it out.
 */
interface Explanation {
    readonly hosts: number;
    readonly ruledOut: Readonly<Record<RefusalReason, number>>;
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
declare const refusalReasons: readonly ["disabled", "notListed", "zone", "aggregate", "requiredTrait", "forbiddenTrait", "group", "resources"];
type RefusalReason = (typeof refusalReasons)[number];
interface FleetCapacity {
    readonly hosts: number;
    readonly enabledHosts: number;
    /** Hosts with any use. */
    readonly usedHosts: number;
    readonly total: Resources;
    readonly used: Resources;
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

/** Thrown for input that the engine cannot take. Nothing was changed. */
declare class EngineError extends Error {
    readonly name = "EngineError";
    readonly code = "invalid";
    /** Path of the input concerned, e.g. `hosts[0].capacity.VCPU`. */
    readonly field: string;
    /** The bound that was broken, as a number or a short text. */
    readonly limit: number | string;
    constructor(message: string, field: string, limit: number | string);
}

/** Every bound of the engine, each with its reason. */
declare const engineLimits: {
    /** A lane of the engine is a signed 32-bit integer. */
    readonly amount: 2147483647;
    /** Instances of one ask: what the core allows for one request. */
    readonly instances: 10000;
    /** Resource classes of one host or one ask. */
    readonly classes: 16;
    /** Resource classes that all hosts together know: each costs 12 bytes per host. */
    readonly fleetClasses: 32;
    /** Hosts; twice the largest fleet we plan for, and far inside the memory of the engine. */
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

export { type Assignment, type Claim, EngineError, type EngineOptions, type Explanation, type FleetCapacity, type GroupRule, type HostView, type PlacementAnswer, type PlacementAsk, type PlacementPolicy, type RefusalReason, type Resources, type Scheduler, type Tier, createEngine, engineLimits, fastestTier, refusalReasons, tiers };
