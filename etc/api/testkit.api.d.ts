// ---- @nephos/testkit ----
import fc from 'fast-check';
import { z } from 'zod';
import { ErrorCode, Bus, Clock, Hypervisor, ImageStore, ObjectStore, BalancerDriver, NetworkDriver, VolumeDriver, Scheduler, Store, Random, CloudError, Logger, Ports, WriteBatch, Kind, Stored, WriteResult, ControlPlane, SimulatedFleet, SimulatedNetwork, SimulatedBalancers, SimulatedVolumes, SimulatedShares, Settings, SimulatedFleetOptions, Finding } from '@nephos/core';

/** Any zod 4 schema. */
type Schema = z.core.$ZodType;

interface InputOptions {
    /**
     * Generators for schemas, wherever they stand inside: ids that exist, values that a refinement
     * makes rare. Their values are still filtered by the schema.
     */
    readonly overrides?: ReadonlyMap<Schema, fc.Arbitrary<unknown>>;
}
/**
 * Values that the schema accepts, as a caller may write them: defaults left out, transforms not yet
 * applied.
 *
 * @throws CloudError `invalid` for a kind of schema that has no generator, and, while generating,
 *   for one whose refinements refuse everything: give an override.
 */
declare function validInput<S extends Schema>(schema: S, options?: InputOptions): fc.Arbitrary<z.core.input<S>>;

/** Values of every type, most of which no field should take. */
declare const junk: fc.Arbitrary<unknown>;
/**
 * Values that the schema refuses, most of them valid but for one place: wrong types, unknown and
 * missing fields, numbers and lengths out of bounds, NaN, control characters, `__proto__` keys.
 *
 * @throws CloudError `invalid`, while generating, for a schema that accepts everything.
 */
declare function hostileInput(schema: Schema, options?: InputOptions): fc.Arbitrary<unknown>;

/** Thrown when an implementation breaks a promise of its port. */
declare class ConformanceError extends Error {
    readonly name = "ConformanceError";
}
/** @throws ConformanceError unless the condition holds. */
declare function assert(condition: unknown, message: string): asserts condition;
/** Deep, strict equality. @throws ConformanceError with both values. */
declare function equal(actual: unknown, expected: unknown, message?: string): void;
/** The promise must reject with a `CloudError` of this code. @throws ConformanceError otherwise. */
declare function rejects(promise: Promise<unknown>, code: ErrorCode, message?: string): Promise<void>;

/** Registers one test: `test` of vitest, `it` of mocha, `test` of node:test. */
type TestFunction = (name: string, run: () => Promise<void>) => unknown;
/** What every conformance suite takes: a runner's `test`, and a maker of fresh subjects. */
interface SuiteOptions<T> {
    readonly test: TestFunction;
    /** A new, empty subject for each test. The suite closes it. */
    readonly make: () => T | Promise<T>;
}

interface BusSuiteOptions extends SuiteOptions<Bus> {
    /**
     * Resolves when what was published has arrived. A bus may lose messages in service; on the quiet
     * one of this suite it must not.
     */
    readonly settle: () => Promise<void>;
}
/** The promises of `Bus` that every bus keeps. */
declare function busConformance({ test, make, settle }: BusSuiteOptions): void;

interface ClockSuiteOptions {
    readonly test: TestFunction;
    readonly make: () => {
        readonly clock: Clock;
        /** Lets at least so many milliseconds pass on the clock: waits for a real one. */
        readonly advance: (ms: number) => Promise<void>;
    };
}
/** The promises of `Clock` that every clock keeps. It measures no real time. */
declare function clockConformance({ test, make }: ClockSuiteOptions): void;

interface HypervisorSuiteOptions extends SuiteOptions<Hypervisor> {
    /** Two hosts that the driver can reach, with room for 40 guests of the given resources. */
    readonly hostIds?: readonly [string, string];
    readonly imageId?: string | null;
    readonly resources?: Readonly<Record<string, number>>;
}
/** The promises of `Hypervisor` that every driver keeps, whatever runs underneath. */
declare function hypervisorConformance(options: HypervisorSuiteOptions): void;

interface ImageStoreSuiteOptions extends SuiteOptions<ImageStore> {
    /**
     * Opens what `make` made last once more, without closing it: for stores that outlive their
     * process.
     */
    readonly reopen?: () => Promise<ImageStore>;
}
/** The promises of `ImageStore`. */
declare function imageStoreConformance({ test, make, reopen }: ImageStoreSuiteOptions): void;

interface ObjectStoreSuiteOptions extends SuiteOptions<ObjectStore> {
    /**
     * Opens what `make` made last once more, without closing it: for stores that outlive their
     * process.
     */
    readonly reopen?: () => Promise<ObjectStore>;
}
/** The promises of `ObjectStore`: those of an `ImageStore`, and what it does with many keys. */
declare function objectStoreConformance({ test, make, reopen }: ObjectStoreSuiteOptions): void;

/** The promises of `BalancerDriver` that every driver keeps, whatever carries the traffic. */
declare function balancerDriverConformance(options: SuiteOptions<BalancerDriver>): void;

interface NetworkDriverSuiteOptions extends SuiteOptions<NetworkDriver> {
    /** Two hosts that the driver can reach. */
    readonly hostIds?: readonly [string, string];
}
/** The promises of `NetworkDriver` that every driver keeps, whatever carries the packets. */
declare function networkDriverConformance(options: NetworkDriverSuiteOptions): void;

interface VolumeDriverSuiteOptions extends SuiteOptions<VolumeDriver> {
    /** Two pools that the driver has. */
    readonly pools?: readonly [string, string];
    /** Two hosts that the driver can connect volumes to. */
    readonly hosts?: readonly [string, string];
}
/** The promises of `VolumeDriver` that every driver keeps, whatever holds the bytes. */
declare function volumeDriverConformance(options: VolumeDriverSuiteOptions): void;

/** A new, empty scheduler for each test. */
type SchedulerSuiteOptions = SuiteOptions<Scheduler>;

/** The promises of `Scheduler`, one law a test. */
declare function schedulerConformance(options: SchedulerSuiteOptions): void;

interface StoreSuiteOptions {
    readonly test: TestFunction;
    /** A new store, not opened yet, on an empty place. The suite opens and closes it. */
    readonly make: () => Store | Promise<Store>;
    /**
     * For durable stores: another store, not opened yet, on the place of this one, which is closed.
     * Without it, the laws of durability are skipped: there is no place to come back to.
     */
    readonly reopen?: (closed: Store) => Store | Promise<Store>;
}

/**
 * The promises of `Store` that every store keeps: one test for each law.
 *
 *     storeConformance({ test, make: () => myStore(newPlace()) })
 */
declare function storeConformance(options: StoreSuiteOptions): void;

/** A version of a row. */
interface RowVersion {
    readonly row: string;
    /** Grows with each write of the row: where a removed row may come back, across its lives. */
    readonly rev: number;
}
/** One transaction, or one read of many rows at once. */
interface Transaction {
    /** Names it in explanations; each once. */
    readonly id: string;
    /**
     * When it was called and when it returned, as any numbers that only grow. It comes before another
     * one for sure only when its return is less than the other's call; undefined: it may come at any
     * time after its call.
     */
    readonly call: number;
    readonly return: number | undefined;
    /** Versions it made; a removal makes one too. */
    readonly writes: readonly RowVersion[];
    /** Versions it saw; null: the row had never been there. */
    readonly reads: readonly {
        readonly row: string;
        readonly rev: number | null;
    }[];
}
/**
 * Why one comes before the other: `ww` it wrote the version before, `wr` the other read what it
 * wrote, `rw` it read what the other then replaced, `rt` it had returned before the other was
 * called (real time).
 */
type DependencyKind = 'ww' | 'wr' | 'rw' | 'rt';
interface Dependency {
    readonly from: string;
    readonly to: string;
    readonly kind: DependencyKind;
    /** The row concerned; null for `rt`. */
    readonly row: string | null;
    readonly why: string;
}

type SerialVerdict = {
    readonly verdict: 'legal';
} | {
    readonly verdict: 'illegal';
    /**
     * Each edge starts where the one before ended, the first one where the last one ended. The
     * shortest cycle found.
     */
    readonly cycle: readonly Dependency[];
    readonly text: string;
};
/**
 * Tells whether there is one order of the commits and reads that keeps real time and in which each,
 * done at one instant, would have read and written the same versions: strict serializability. Rows
 * carry revisions, so what comes before what is known and an order exists exactly when the
 * dependencies have no cycle (Adya, 1999). Time is linear in the history, but for sorting.
 *
 * @throws RangeError for a commit that returns before it is called, and for an id given twice.
 */
declare function checkSerializable(commits: readonly Transaction[]): SerialVerdict;

/** One call of a client as the client saw it. */
interface Operation<I, O> {
    /** Who called; only explanations use it. */
    readonly process: string;
    /**
     * When it was called and when it returned: any numbers that only grow, best the sequence numbers
     * of a run. An operation comes before another one for sure only when its return is less than the
     * other's call. `return` undefined: the outcome is unknown, as after a lost answer; it may take
     * effect at any later time, or never. What failed for sure without effect is left out.
     */
    readonly call: number;
    readonly return: number | undefined;
    readonly input: I;
    /** Undefined: not known, any legal answer will do. Not looked at where `return` is undefined. */
    readonly output: O | undefined;
}
/** What an object should do when it is called by one client at a time. */
interface Model<S, I, O> {
    /** Operations with different names never touch each other; they are checked apart. */
    partition?(operation: Operation<I, O>): string;
    init(): S;
    /**
     * The state after the operation; undefined when that answer is illegal in this state. With an
     * unknown output: the state after it took effect, or the same state where it cannot. States are
     * values: a step makes a new one.
     */
    step(state: S, input: I, output: O | undefined): S | undefined;
    /** Equal for equal states only. */
    key(state: S): string;
    /**
     * True when an operation with this answer never changes any state, as a read or a refusal: such
     * ones are put into the order as soon as they fit. False is always right, but slower.
     */
    onlyLooks?(input: I, output: O): boolean;
    /**
     * Equal for inputs that do the same to every state: operations with unknown outcome are then
     * interchangeable, which keeps the search small when there are many.
     */
    inputKey?(input: I): string;
}
type LinearizableVerdict<I, O> = {
    readonly verdict: 'legal';
    readonly visited: number;
} | {
    readonly verdict: 'undecided';
    readonly visited: number;
    /** The first part whose search came to its budget. */
    readonly part: string;
    readonly text: string;
} | {
    readonly verdict: 'illegal';
    readonly visited: number;
    readonly part: string;
    /** What was called before the first return that no order gets past, in call order. */
    readonly prefix: readonly Operation<I, O>[];
    /** The longest legal order up to there. */
    readonly order: readonly Operation<I, O>[];
    /** What should come next, and cannot. */
    readonly stuck: readonly Operation<I, O>[];
    /** All of this in words, for people. */
    readonly text: string;
};

interface LinearizableOptions {
    /** States that the search of one part may visit before it gives up; 1,000,000 by default. */
    readonly budget?: number;
}
/**
 * Tells whether there is an order of the operations that keeps real time (what had returned before
 * another one was called comes first) and in which one client at a time would have had the same
 * answers (Herlihy and Wing, 1990). Parts that never touch each other are looked at one by one
 * (Horn and Kroening, 2015). The same history always gives the same answer.
 *
 * @throws RangeError for an operation that returns before it is called.
 */
declare function checkLinearizable<S, I, O>(model: Model<S, I, O>, operations: readonly Operation<I, O>[], options?: LinearizableOptions): LinearizableVerdict<I, O>;

interface NameInput {
    readonly type: 'create' | 'delete' | 'get';
    readonly name: string;
}
type NameOutput = 'ok' | 'conflict' | 'notFound' | 'present' | 'absent';
/** Names that at most one thing has at a time. */
declare const uniqueNames: Model<boolean, NameInput, NameOutput>;
type KeyedInput = {
    readonly type: 'call';
    readonly key: string;
    readonly body: string;
} | {
    readonly type: 'effects';
    readonly key: string;
};
/** An answer tells which effect it is of, as by the id of what was made. */
type KeyedOutput = {
    readonly answer: string;
} | {
    readonly effects: number;
} | 'mismatch';
interface Keyed {
    readonly body: string;
    /** Undefined: nobody has been told it yet. */
    readonly answer: string | undefined;
}
/**
 * Calls with an idempotency key: the first one has the one effect, later ones with the same body
 * get its answer, others a mismatch. `effects` counts what was made under the key. Keys are not
 * forgotten while the history runs.
 */
declare const idempotencyKeys: Model<Keyed | null, KeyedInput, KeyedOutput>;
type HolderInput = {
    readonly type: 'claim' | 'release';
    readonly item: string;
    readonly holder: string;
} | {
    readonly type: 'holder';
    readonly item: string;
};
type HolderOutput = 'ok' | 'taken' | 'notHeld' | {
    readonly holder: string | null;
};
/**
 * Things with at most one holder: fixed addresses of a network, volumes attached to servers. A
 * claim of what its own holder has already is answered as told: `taken` by default.
 */
declare function exclusiveHolder(options?: {
    readonly again?: 'ok' | 'taken';
}): Model<string | null, HolderInput, HolderOutput>;
interface CapacityInput {
    readonly type: 'claim' | 'release' | 'used';
    readonly host: string;
    /** What is claimed or given back; not looked at for `used`. */
    readonly amount: number;
}
type CapacityOutput = 'ok' | 'refused' | {
    readonly used: number;
};
interface CapacityOptions {
    readonly capacity: number | ((host: string) => number);
    /**
     * `weak` (default): a claim may be refused although there is room, as when what decides lags
     * behind; that an `ok` keeps within the capacity, and every `used`, is checked all the same.
     * `exact`: it is refused only where there is no room.
     */
    readonly refusals?: 'weak' | 'exact';
}
/** Room on hosts: the sum of what is claimed and not given back is between 0 and the capacity. */
declare function hostCapacity(options: CapacityOptions): Model<number, CapacityInput, CapacityOutput>;

/** A length of virtual time: milliseconds, or a number with a unit, such as `90s` or `1.5h`. */
type Duration = number | `${number}${'ms' | 's' | 'm' | 'h' | 'd'}`;
/** @throws CloudError `invalid` for anything but a duration of 0 or more. */
declare function durationMs(duration: Duration): number;

/** Seeded draws, of the forms that a world needs. */
declare class Chance implements Random {
    #private;
    /** Streams of one seed and different names are independent of each other. */
    constructor(seed: number, name: string);
    uint32(): number;
    bytes(length: number): Uint8Array;
    /** Uniform in [0, 1). */
    share(): number;
    /** Uniform in [min, max). */
    between(min: number, max: number): number;
    /** A whole number from `min` to `max`, both included. */
    whole(min: number, max: number): number;
    /** True with this probability. */
    happens(rate: number): boolean;
    /** One of the items; undefined when there is none. */
    pick<T>(items: readonly T[]): T | undefined;
    /** One of the items, each as likely as its weight. */
    weighted<T extends {
        readonly weight: number;
    }>(items: readonly T[]): T | undefined;
}

/** Faults that are drawn at each call, by where they strike. */
declare const callFaults: readonly ["storeSlow", "storeRefuses", "storeLosesAnswer", "storeConflict", "storeStale", "busDrop", "busTwice", "busLate", "hostBusy", "hostElsewhere", "hostNever", "hostFalseAlarm", "hostHang", "hostLate", "hostTwice", "hostSilent", "hostLies", "networkFails", "networkLate", "balancersFail", "balancersLate", "volumesFail", "volumesLate", "imagesFail", "objectsFail", "sharesFail", "engineLies", "crashMidWrite"];
/** What befalls the world as a whole now and then: drawn in times an hour. */
declare const worldFaults: readonly ["crash", "pause", "cut", "hostDies", "guestHalts", "clockJump", "clockStops", "storeDown", "storeReadOnly", "storeFull", "busWiped", "guestAppears"];
/** Everything that can go wrong. */
declare const faultNames: readonly ["storeSlow", "storeRefuses", "storeLosesAnswer", "storeConflict", "storeStale", "busDrop", "busTwice", "busLate", "hostBusy", "hostElsewhere", "hostNever", "hostFalseAlarm", "hostHang", "hostLate", "hostTwice", "hostSilent", "hostLies", "networkFails", "networkLate", "balancersFail", "balancersLate", "volumesFail", "volumesLate", "imagesFail", "objectsFail", "sharesFail", "engineLies", "crashMidWrite", "crash", "pause", "cut", "hostDies", "guestHalts", "clockJump", "clockStops", "storeDown", "storeReadOnly", "storeFull", "busWiped", "guestAppears"];
type FaultName = (typeof faultNames)[number];
/** Probability at each call, or times an hour; absent is never. */
type FaultRates = Readonly<Partial<Record<FaultName, number>>>;
/** One fault that struck: `index` counts all of a run, so that a shorter run can leave it out. */
interface Strike {
    readonly index: number;
    readonly name: FaultName;
}
/** Draws faults at their rates, once begun, and remembers which struck. */
declare class Faults {
    #private;
    /** @param only the strikes, by index, that take place; all by default. */
    constructor(rates: FaultRates, chance: Chance, only?: Iterable<number>);
    /** What struck so far. */
    get strikes(): readonly Strike[];
    get calm(): boolean;
    rate(name: FaultName): number;
    /** True if the fault is among those of this run, at whatever time. */
    planned(name: FaultName): boolean;
    /** From now on things go wrong. */
    begin(): void;
    /** From now on nothing goes wrong. */
    end(): void;
    /** True if the fault strikes this call. */
    hits(name: FaultName): boolean;
    /** Notes a fault whose time has come; false if this run leaves it out. */
    take(name: FaultName): boolean;
}

/** Who reaches whom. Every pair is linked both ways until it is cut; a cut may be one way only. */
declare class Links {
    #private;
    get cut(): boolean;
    /** What `from` sends does not arrive at `to` any more. */
    cutOneWay(from: string, to: string): void;
    cutBothWays(a: string, b: string): void;
    mend(a: string, b: string): void;
    mendAll(): void;
    isCut(from: string, to: string): boolean;
}

/** Something that happens at its time, once, unless it is called off before. */
interface Occurrence {
    readonly at: number;
    /** Shuffles what falls on the same instant. */
    readonly tie: number;
    readonly order: number;
    run: (() => unknown) | undefined;
}
/**
 * Virtual time: everything that happens, in one queue. One occurrence runs at a time, and
 * everything that it makes runnable runs before the next one, so that each is a choice point and a
 * seed fixes their order.
 */
declare class Timeline {
    #private;
    /**
     * @param start milliseconds since the epoch.
     * @param ties chance that orders what falls on one instant; without it, first planned is first.
     */
    constructor(start: number, ties?: Random);
    /** Milliseconds since the epoch. */
    get now(): number;
    /** Occurrences that have run. */
    get steps(): number;
    /** Time of the next occurrence; undefined when nothing is planned. */
    get next(): number | undefined;
    /** Plans `run` for `ms` from now. */
    after(ms: number, run: () => unknown): Occurrence;
    /** Calls an occurrence off; nothing if it has run. */
    cancel(occurrence: Occurrence): void;
    /** Runs the next occurrence and all that it makes runnable. False when there is none. */
    step(): Promise<boolean>;
    /** Lets everything run that can without time passing. */
    settle(): Promise<void>;
    /** Moves on to a time, running all that falls before it or on it. */
    advanceTo(time: number): Promise<void>;
}

/** What a trace holds of one thing that happened. */
interface TraceEvent {
    /** Virtual milliseconds since the world began. */
    readonly at: number;
    /** Who it happened to: a process, `store`, `hosts`, `client:…`, `world`. */
    readonly lane: string;
    readonly kind: TraceKind;
    readonly text: string;
}
type TraceKind = 'call' | 'effect' | 'fault' | 'process' | 'network' | 'host' | 'commit' | 'answer' | 'phase' | 'violation';
/**
 * Everything that happened, as a running hash, and as a list where one is wanted. Two runs with the
 * same hash did the same.
 */
declare class Trace {
    #private;
    /** @param keep events kept for a drawing, the latest; 0 keeps none. */
    constructor(start: number, keep?: number);
    get count(): number;
    /** Sixteen hex digits over all that was noted so far. */
    get hash(): string;
    get events(): readonly TraceEvent[];
    /** Takes a text into the hash that is no event. */
    include(text: string): void;
    note(now: number, lane: string, kind: TraceKind, text: string): void;
}

/** How long messages take, in milliseconds. */
interface Latency {
    readonly store: readonly [min: number, max: number];
    readonly bus: readonly [min: number, max: number];
    readonly hosts: readonly [min: number, max: number];
}
interface GroundOptions {
    readonly seed: number;
    /** Milliseconds since the epoch at which the world begins. */
    readonly start?: number;
    readonly latency?: Latency;
    readonly faults?: FaultRates;
    /** Strikes, by index, that take place; all by default. */
    readonly onlyStrikes?: Iterable<number>;
    /** Events kept of the trace, the latest. */
    readonly keepTrace?: number;
    /** True: what falls on one instant happens in the order in which it was planned. */
    readonly inOrder?: boolean;
    /** Whether what a process had sent as it died still arrives; by chance when absent. */
    readonly heard?: boolean;
}
/** What the parts of a world share: time, chance, what goes wrong, who reaches whom, the trace. */
declare class Ground {
    #private;
    readonly seed: number;
    readonly start: number;
    readonly latency: Latency;
    readonly timeline: Timeline;
    readonly trace: Trace;
    readonly faults: Faults;
    readonly links: Links;
    /** Latencies and everything else that is drawn at a call and is no fault. */
    readonly chance: Chance;
    constructor(options: GroundOptions);
    get now(): number;
    /** Calls of ports so far. */
    get calls(): number;
    /** How often each rare path was taken. */
    get probes(): ReadonlyMap<string, number>;
    /** Notes that a rare path was taken. */
    sometimes(path: string, count?: number): void;
    /** Whether a call arrives whose process died after it had sent it. */
    isHeard(): boolean;
    countCall(): void;
    note(lane: string, kind: TraceKind, text: string): void;
    /** True if the fault strikes now: noted, and counted as a probe. */
    hits(name: FaultName, lane: string): boolean;
    delay(range: readonly [min: number, max: number]): number;
}

/** A call that leaves a process. */
interface Outcall<T> {
    /** Whom it goes to: the name that links are cut by. */
    readonly to: string;
    /** For the trace and for break points, such as `store.transact 3 rows`. */
    readonly label: string;
    readonly latency: readonly [min: number, max: number];
    readonly effect: () => Promise<T> | T;
    /** What the caller hears when the request or the answer is lost on the way. */
    readonly lost?: (arrived: boolean) => CloudError;
    /** Milliseconds after which a lost message is noticed. 5 s by default. */
    readonly limitMs?: number;
    /** True: the effect changes something outside the process. */
    readonly writes?: boolean;
}
/** Where a process may be stopped: at its n-th call, before the effect or after it. */
interface BreakPoint {
    readonly life: Life;
    /** Counts the calls of this life, from 1. */
    readonly call: number;
    readonly when: 'before' | 'after';
    readonly label: string;
    readonly writes: boolean;
}
/** Who watches a life from outside. */
interface LifeWatch {
    /** Returns true to end this life at that point. */
    readonly onBreak?: ((point: BreakPoint) => boolean) | undefined;
    /** This life is to end now: what it has just sent is on its way. */
    readonly onMidWrite?: () => void;
    /** Whether the process runs again after this life. */
    readonly isFollowed?: () => boolean;
}
/**
 * One life of a process, from its start to its crash. Everything that it asks of the world passes
 * here and is a choice point. When it dies, nothing that it waits for ever settles, so nothing of
 * it runs on.
 */
declare class Life {
    #private;
    readonly name: string;
    constructor(ground: Ground, name: string, watch?: LifeWatch);
    get dead(): boolean;
    get paused(): boolean;
    /** Calls made in this life. */
    get calls(): number;
    /** Ends this life, at once and for good. */
    end(): void;
    /** Nothing reaches the process until `resume`; then all of it does. */
    pause(): void;
    resume(): void;
    /** Runs inside the process, unless it is dead; later if it is paused. */
    deliver(run: () => void): void;
    /** Sends a call into the world; its answer comes back, or never. */
    call<T>(outcall: Outcall<T>): Promise<T>;
    /** Resolves after `ms` of virtual time. */
    sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A machine's clock: wrong by a while, jumping, or standing still. */
declare class ProcessClock implements Clock {
    #private;
    constructor(ground: Ground, life: Life);
    now(): number;
    elapsed(): number;
    sleep(ms: number, options?: {
        readonly signal?: AbortSignal;
    }): Promise<void>;
    turn(): Promise<void>;
    /** Wrong by so much from now on. */
    jump(skewMs: number): void;
    /** Stands still until `set`. */
    stop(): void;
    /** Right again. */
    set(): void;
}

/** What a process does: answers calls, works, or both. */
type Role = 'api' | 'worker' | 'all';
/** The part of a process that the world needs: something that can be closed. */
interface Closable {
    close(): Promise<void>;
}
interface MemberParts<P extends Closable> {
    readonly ground: Ground;
    readonly name: string;
    readonly role: Role;
    readonly chance: Chance;
    /** Everything that this life of the process is given. */
    readonly ports: (life: Life, clock: ProcessClock, log: Logger['log']) => Ports;
    readonly open: (ports: Ports, role: Role) => Promise<P>;
    readonly onBreak?: ((point: BreakPoint) => boolean) | undefined;
    readonly onLog: Logger['log'];
    /** The process has died: what it listened to is to be forgotten. */
    readonly onEnd: (life: Life) => void;
}
/** A process of the world: runs, crashes, is started again, is paused. */
declare class Member<P extends Closable> {
    #private;
    readonly name: string;
    readonly role: Role;
    constructor(parts: MemberParts<P>);
    /** The control plane; undefined while the process is down or starting. */
    get plane(): P | undefined;
    get running(): boolean;
    get paused(): boolean;
    /** Times it was started. */
    get lives(): number;
    get clock(): ProcessClock | undefined;
    get life(): Life | undefined;
    /** Starts it; nothing if it runs. It is ready when `plane` is there. */
    start(): void;
    /** Kills it: nothing that it waits for settles. Nothing if it is down. */
    crash(): void;
    /** Stops it in its tracks until `resume`; it does not notice. */
    pause(): void;
    resume(): void;
    /** Ends it in good order. */
    stop(): Promise<void>;
}

/** A batch that was committed: the unit in which the world is checked. */
interface Commit {
    /** Virtual milliseconds since the epoch. */
    readonly at: number;
    /** The process that wrote it. */
    readonly process: string;
    readonly batch: WriteBatch;
    readonly seq: number;
}
/** Told that rows are read at once; what it returns is told the rows. */
type ReadWatch = (kind: Kind, ids: readonly string[]) => (rows: readonly (Stored | undefined)[]) => void;
/**
 * The database that all processes share. It can be down, read-only or full for a while, and its
 * replica answers with what was true a little earlier.
 */
declare class StoreServer {
    #private;
    /** The truth, without delay or fault. */
    readonly truth: Store;
    down: boolean;
    readOnly: boolean;
    full: boolean;
    /** Watches reads of rows by their ids. */
    onRead: ReadWatch | undefined;
    /** Called with all batches that one transaction applied, before `onCommit` for each of them. */
    onTransaction?: (batches: readonly WriteBatch[]) => Promise<void>;
    constructor(ground: Ground, truth: Store, onCommit: (commit: Commit) => Promise<void> | void);
    /** Opens the truth for the first who asks; later ones find it open. */
    open(kinds: readonly Kind[]): Promise<void>;
    /** @throws CloudError `unavailable` while the store takes no writes, or none at all. */
    transact(process: string, batches: readonly WriteBatch[]): Promise<WriteResult[]>;
    /** The store to read from: now and then a replica that lags. */
    source(lane: string): Promise<Store>;
    /** @throws CloudError `unavailable` while it is down. */
    check(): void;
}

interface Listener {
    readonly life: Life;
    readonly ring: () => void;
}
/** The broker: passes rings on to every listener, late, twice, out of order or not at all. */
declare class BusServer {
    #private;
    messages: number;
    constructor(ground: Ground);
    /** Loses everything that is under way. */
    wipe(): void;
    publish(topics: readonly string[]): void;
    listen(topic: string, listener: Listener): () => void;
    /** Forgets the listeners of a process that is no more. */
    drop(life: Life): void;
}

interface WorldOptions<P extends Closable = ControlPlane> extends GroundOptions {
    /** The processes, by name. One `all` process named `cloud` by default. */
    readonly processes?: Readonly<Record<string, Role>>;
    readonly settings?: Partial<Settings>;
    /** The truth that all processes share; in memory by default. Opened by the first of them. */
    readonly store?: Store;
    readonly images?: ImageStore;
    readonly objects?: ObjectStore;
    /** How hosts behave by themselves; faults of the world come on top. */
    readonly fleet?: Omit<Partial<SimulatedFleetOptions>, 'clock' | 'random'>;
    /** Makes the placement engine of one life of a process. */
    readonly engine?: () => Scheduler;
    /** Replaces ports of a process, such as a driver of one's own. */
    readonly ports?: (ports: Ports, process: string) => Ports;
    /** Builds what a process runs from its ports; a control plane by default. */
    readonly open?: (ports: Ports, role: Role) => Promise<P>;
    /** Called after each commit, while nothing else happens. */
    readonly onCommit?: (commit: Commit) => Promise<void> | void;
    /** Called whenever guests on hosts may have changed. */
    readonly onGuests?: () => Promise<void> | void;
    /** Called at each call of a process, before and after its effect; true ends the process there. */
    readonly onBreak?: (point: BreakPoint) => boolean;
    readonly onLog?: Logger['log'];
}
/**
 * A whole cloud in one process under one seed: control planes, a store, a bus, hosts, and
 * everything between them, on a virtual clock. Nothing happens but in `run`, `advance` and
 * `settle`.
 */
declare class World<P extends Closable = ControlPlane> {
    #private;
    readonly ground: Ground;
    readonly store: StoreServer;
    readonly bus: BusServer;
    readonly hosts: SimulatedFleet;
    readonly network: SimulatedNetwork;
    readonly balancers: SimulatedBalancers;
    readonly volumes: SimulatedVolumes;
    readonly images: ImageStore;
    readonly objects: ObjectStore;
    readonly shares: SimulatedShares;
    constructor(options: WorldOptions<P>);
    /** Virtual milliseconds since the epoch. */
    get now(): number;
    /** Sixteen hex digits over everything that happened: equal seeds give equal hashes. */
    get hash(): string;
    get members(): readonly Member<P>[];
    /** @throws CloudError `notFound`. */
    member(name: string): Member<P>;
    /** What a process runs. @throws CloudError `unavailable` while it is down or starting. */
    process(name: string): P;
    /** Starts every process and runs until all are ready. */
    start(): Promise<void>;
    crash(name: string): void;
    /** Starts a process again; it is ready when time has passed. */
    restart(name: string): void;
    pause(name: string): void;
    resume(name: string): void;
    /** Cuts two off from each other: processes, `store`, `bus`, `hosts`, `images`. */
    partition(a: string, b: string): void;
    /** Mends every cut. */
    heal(): void;
    /** Power fails at a host: its guests stop, and it is silent until `restoreHost`. */
    crashHost(hostId: string): void;
    restoreHost(hostId: string): void;
    /** Lets virtual time pass. */
    advance(duration: Duration): Promise<void>;
    /** Lets happen what must until the promise settles. */
    run<T>(start: () => Promise<T>): Promise<T>;
    /**
     * Lets happen what must until the condition holds.
     *
     * @throws CloudError `internal` when nothing is left to happen, or too much happens.
     */
    until(condition: () => boolean, limit?: Duration): Promise<void>;
    /** Recomputes every invariant from the rows of the store, past every fault. */
    audit(): Promise<Finding[]>;
}
/** Makes a world, starts its processes, and lets its faults begin. */
declare function openWorld<P extends Closable = ControlPlane>(options: WorldOptions<P>): Promise<World<P>>;

/** What a run is made from. The same options give the same run, event for event, on any machine. */
interface StoryOptions {
    readonly seed: number;
    /**
     * `medium`, by default: up to 50 hosts and about 50 servers. `small`: a few of each for minutes,
     * so that very many seeds can be run. `big`: requests for 500.
     */
    readonly size?: StorySize;
    /** Fields of the plan that are not to be drawn from the seed. */
    readonly plan?: Partial<StoryPlan>;
    /** Faults that do not happen. */
    readonly without?: readonly FaultName[];
    /** Strikes, by index, that take place; all by default. */
    readonly onlyStrikes?: readonly number[];
    /** Actions of tenants, by index, that are left out. */
    readonly skip?: readonly number[];
    /** Events of the trace that are kept for a drawing, the latest; none by default. */
    readonly keepTrace?: number;
}
/** What an embedder puts into the world of a story instead of what is there by default. */
interface StoryParts {
    /** The truth that all processes share: new, and of no other story. In memory by default. */
    readonly store?: Store;
}
declare const storySizes: readonly ["small", "medium", "big"];
type StorySize = (typeof storySizes)[number];
/** What a seed draws before a run begins. */
interface StoryPlan {
    readonly hosts: number;
    /** Processes that answer calls. */
    readonly apis: number;
    /** Processes that work. */
    readonly workers: number;
    readonly tenants: number;
    /** Actions of each tenant. */
    readonly actions: number;
    /** Most servers in one request. */
    readonly batch: number;
    /** Virtual minutes in which things go wrong. */
    readonly minutes: number;
    readonly faults: FaultRates;
}
/** A promise that was broken. */
interface Violation {
    /** Its number; 0 for a defect that belongs to none, such as a call that ends with `internal`. */
    readonly invariant: number;
    readonly subject: string;
    readonly message: string;
    /** Virtual milliseconds since the beginning. */
    readonly at: number;
}
/** How a run went. Plain data: it passes between threads and into files. */
interface StoryResult {
    readonly seed: number;
    readonly plan: StoryPlan;
    /** Sixteen hex digits over everything that happened, and all rows at the end. */
    readonly hash: string;
    readonly violations: readonly Violation[];
    /** How often each rare path was taken. */
    readonly probes: Readonly<Record<string, number>>;
    readonly strikes: readonly Strike[];
    /** Calls of ports. */
    readonly calls: number;
    readonly commits: number;
    /** Calls of tenants, by how they ended. */
    readonly answers: {
        readonly ok: number;
        readonly refused: number;
        readonly unknown: number;
    };
    /** Actions that tenants took. */
    readonly actions: number;
    readonly virtualMs: number;
    readonly trace: readonly TraceEvent[];
}

/**
 * Runs one story: a cloud under one seed, its tenants, and all that goes wrong; first a phase in
 * which safety is watched, then one without faults, in which everything accepted must end.
 */
declare function runStory(options: StoryOptions, parts?: StoryParts): Promise<StoryResult>;

export { type BreakPoint, type BusSuiteOptions, type CapacityInput, type CapacityOptions, type CapacityOutput, type ClockSuiteOptions, type Closable, type Commit, ConformanceError, type Dependency, type DependencyKind, type Duration, type FaultName, type FaultRates, type GroundOptions, type HolderInput, type HolderOutput, type HypervisorSuiteOptions, type ImageStoreSuiteOptions, type InputOptions, type KeyedInput, type KeyedOutput, type Latency, type LinearizableOptions, type LinearizableVerdict, Member, type Model, type NameInput, type NameOutput, type NetworkDriverSuiteOptions, type ObjectStoreSuiteOptions, type Operation, type Role, type RowVersion, type SchedulerSuiteOptions, type SerialVerdict, type StoreSuiteOptions, type StoryOptions, type StoryParts, type StoryPlan, type StoryResult, type StorySize, type Strike, type SuiteOptions, type TestFunction, type TraceEvent, type TraceKind, type Transaction, type Violation, type VolumeDriverSuiteOptions, World, type WorldOptions, assert, balancerDriverConformance, busConformance, callFaults, checkLinearizable, checkSerializable, clockConformance, durationMs, equal, exclusiveHolder, faultNames, hostCapacity, hostileInput, hypervisorConformance, idempotencyKeys, imageStoreConformance, junk, networkDriverConformance, objectStoreConformance, openWorld, rejects, runStory, schedulerConformance, storeConformance, uniqueNames, validInput, volumeDriverConformance, worldFaults };
