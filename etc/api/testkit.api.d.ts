// ---- @nephos/testkit ----
import fc from 'fast-check';
import { z } from 'zod';
import { ErrorCode, Bus, Clock, Hypervisor, ImageStore, NetworkDriver, Scheduler, Store } from '@nephos/core';

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

interface NetworkDriverSuiteOptions extends SuiteOptions<NetworkDriver> {
    /** Two hosts that the driver can reach. */
    readonly hostIds?: readonly [string, string];
}
/** The promises of `NetworkDriver` that every driver keeps, whatever carries the packets. */
declare function networkDriverConformance(options: NetworkDriverSuiteOptions): void;

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

export { type BusSuiteOptions, type ClockSuiteOptions, ConformanceError, type HypervisorSuiteOptions, type ImageStoreSuiteOptions, type InputOptions, type NetworkDriverSuiteOptions, type SchedulerSuiteOptions, type StoreSuiteOptions, type SuiteOptions, type TestFunction, assert, busConformance, clockConformance, equal, hostileInput, hypervisorConformance, imageStoreConformance, junk, networkDriverConformance, rejects, schedulerConformance, storeConformance, validInput };
