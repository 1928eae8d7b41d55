import { listPaths } from '../../src/domain/shard-state';
import type { BatchDriver } from './batch-driver';
import { isFaulty, type World } from './world';

const ENDING = { as: 'skipped', refusal: { class: 'unknown', code: 'cancelled' } } as const;
/** What is parked at the deadline stays so. */
const DEADLINE = { as: 'parked', refusal: { class: 'unknown', code: 'deadline' } } as const;
const HELP_EVERY_MS = 30 * 60_000;
/** From the last fault: long enough for all that can still be bought. */
const DEADLINE_MS = 12 * 3_600_000;

/**
 * Operators, and everything else that happens to a batch from outside: while faults last they do
 * what they like; afterwards they only resume and retry, as a good runbook says.
 */
export class PeopleModel {
  /** Whether somebody skipped a path or cancelled the batch: slots may stay empty then. */
  hasEnded = false;

  constructor(
    private readonly world: World,
    private readonly driver: BatchDriver,
  ) {
    if (world.meddlesAtMs === null) this.meddleLater();
    for (const atMs of world.meddlesAtMs ?? []) world.clock.at(atMs, () => this.meddle());
    this.helpLater(world.faults.untilMs);
    world.clock.at(world.faults.untilMs, () => this.settlePrices());
  }

  /** Prices fall in the end, or the deadline ends what waits for that. */
  private settlePrices(): void {
    const { world, driver } = this;
    const { market } = driver.outside;
    if (market.bars.length === 0) return;
    if (world.random.isHit(0.5, 'limits')) market.fall();
    else world.clock.after(DEADLINE_MS, () => driver.tell({ type: 'end', ending: DEADLINE }));
  }

  private changePrices(): void {
    this.driver.outside.market.change();
    this.askForPrices();
  }

  private askForPrices(): void {
    const { isCapped, bars } = this.driver.outside.market;
    if (isCapped) this.driver.tell({ type: 'bars', bars });
  }

  private meddleLater(): void {
    const { clock, random, faults } = this.world;
    const delayMs = random.pick([500, 3_000, 20_000, 120_000, 900_000], 'meddling');
    if (clock.nowMs + delayMs >= faults.untilMs) return;
    clock.after(delayMs, () => {
      this.meddle();
      this.meddleLater();
    });
  }

  private meddle(): void {
    const { world, driver } = this;
    if (isFaulty(world, 'instanceError')) this.breakInstance();
    if (isFaulty(world, 'instanceGone')) this.releaseInstance();
    if (this.isSplittable && isFaulty(world, 'split')) this.split();
    if (isFaulty(world, 'retry')) driver.tell({ type: 'retry', paths: null });
    if (isFaulty(world, 'priceChange')) this.changePrices();
    if (isFaulty(world, 'pause'))
      driver.tell({ type: world.random.pick(['pause', 'resume'], 'target') });
    if (isFaulty(world, 'halt')) world.isHalted = !world.isHalted;
    if (isFaulty(world, 'skip')) this.skip();
    if (isFaulty(world, 'cancel')) this.cancel();
    if (driver.hasOpenCreate && isFaulty(world, 'activityReset')) driver.resetActivities();
    if (isFaulty(world, 'workflowReset')) driver.reset();
    if (isFaulty(world, 'restart')) this.restart();
    if (isFaulty(world, 'continueAsNew')) driver.tell({ type: 'drain' });
  }

  private breakInstance(): void {
    const healthy = this.driver.outside.cloud.listHealthy();
    if (healthy.length === 0) return;
    const instance = this.world.random.pick(healthy, 'target');
    this.driver.outside.cloud.spoil(instance, { isGone: false });
    this.world.trace(() => `${instance.id} goes to Error`);
  }

  private releaseInstance(): void {
    const { cloud } = this.driver.outside;
    const visible = cloud.list('').filter(({ isHealthy }) => isHealthy);
    if (visible.length === 0) return;
    const instance = this.world.random.pick(visible, 'target');
    cloud.spoil(instance, { isGone: true });
    this.world.trace(() => `${instance.id} is released by hand`);
  }

  private get isSplittable(): boolean {
    return this.world.faults.split > 0 && this.listSplittable().length > 0;
  }

  /** What the search for the last bit of quota may split. */
  private listSplittable(): ReturnType<typeof listPaths> {
    return listPaths(this.driver.model.shard).filter(
      ({ path }) => path.count > 1 && (path.phase === 'gated' || path.phase === 'planned'),
    );
  }

  private split(): void {
    const { home, path } = this.world.random.pick(this.listSplittable(), 'target');
    const event = { type: 'split', path: path.name } as const;
    this.driver.tell({ type: 'home', home: home.index, event });
  }

  private skip(): void {
    const { home, path } = this.world.random.pick(listPaths(this.driver.model.shard), 'target');
    this.hasEnded = true;
    const event = { type: 'skip', path: path.name } as const;
    this.driver.tell({ type: 'home', home: home.index, event });
  }

  private cancel(): void {
    this.hasEnded = true;
    this.driver.tell({ type: 'end', ending: ENDING });
  }

  private restart(): void {
    if (this.driver.isDone) this.driver.startNextGeneration();
    else this.driver.restart();
  }

  private helpLater(atMs: number): void {
    this.world.clock.at(atMs, () => {
      this.world.isHalted = false;
      this.driver.tell({ type: 'resume' });
      this.driver.tell({ type: 'retry', paths: null });
      this.askForPrices();
      this.helpLater(this.world.clock.nowMs + HELP_EVERY_MS);
    });
  }
}
