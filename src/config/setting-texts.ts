/**
 * What each setting is for, in a sentence, for `tairfleet config print` and docs/configuration.md. A
 * test holds that every setting has its text, and every text its setting.
 */
export const SETTING_TEXTS: Readonly<Record<string, string>> = {
  installationId:
    'Tells this installation from others on the same account. Permanent: part of every token and name.',
  defaultAccount:
    'Account of a request that names none; a single account is the default by itself.',
  'cloud.endpoint': 'Stands in for the endpoint of every account, such as that of an emulator.',
  'cloud.allowPlainHttp': 'Whether plain HTTP may leave this host.',
  'cloud.callTimeoutMs': 'Longest wait for the answer to a create call.',
  'cloud.ratePerSecond.start': 'Calls a second of one account, region and action at the start.',
  'cloud.ratePerSecond.max': 'The most that this rate climbs to.',
  'cloud.compareClass': 'Whether a found instance must have the ordered class to count as ours.',
  'safety.sendWindowMs': 'Longest age of an attempt at which it still sends.',
  'safety.signatureValidityMs': 'How old a signature the service accepts.',
  'safety.clockSkewMs': "Largest difference between our clock and the service's.",
  'safety.commitLagMs': "From a request's acceptance to its commit, at most.",
  'safety.visibilityLagMs': 'Longest time a new instance may stay invisible.',
  'safety.tokenLifetimeMs': 'Life of a token; 0 when nothing is known: every doubt then settles.',
  'safety.timerMarginMs': 'Added to a settle timer, so that it never fires too early.',
  'safety.lookUpFreshnessMs': 'Oldest look-up that still allows a send.',
  'safety.startLatenessMs':
    'How long after it was scheduled a create may begin and still send; a later one is scheduled anew.',
  'safety.sweepAfter':
    'When to look for orphans after the end of a batch, as durations up to 30d; `never`: not at all.',
  lookUpBeforeCreate:
    "`always`: no first send counts as proven, for the time after a restore of Temporal's database.",
  'plan.chunkSlots': 'Instances of one create call, for new batches.',
  'plan.shardSlots': 'Instances of one shard, for new batches.',
  'tuning.chunksInFlight': 'Create calls in flight at once, per shard.',
  'tuning.shardsAtOnce': 'Shards of one region that buy at once.',
  'tuning.continueAfterEvents': "Events of a run's history after which it continues as new.",
  'tuning.transientRoundsMax': 'Rounds of a passing fault with one token before a settle.',
  'tuning.settleRoundsMax': 'Settles that find nothing, before the chunk parks.',
  'tuning.roundBackOffMinMs': 'First pause between two rounds of a chunk.',
  'tuning.roundBackOffMaxMs': 'Longest pause between two rounds of a chunk.',
  'tuning.gateBackOffMinMs': 'First pause between two probes of a closed gate.',
  'tuning.gateBackOffMaxMs': 'Longest pause between two probes of a closed gate.',
  'tuning.waveIds': 'Ids of one waiting activity.',
  'tuning.createBudgetMs': 'Longest life of one create activity with all its attempts.',
  'tuning.createAttemptMs':
    'Longest attempt of a create; more than send window and call timeout together.',
  'tuning.heartbeatTimeoutMs': 'Silence of an activity after which it counts as lost.',
  'tuning.attentionDelayMs': 'How long a batch must need a person before anybody is told.',
  'tuning.notifyForMs': 'How long a receiver that does not answer is tried.',
  'tuning.soldOutMemoryMs': 'How long a sold-out zone and class is skipped.',
  'tuning.isAddressCounted':
    'Whether the free addresses of vSwitches are counted before a batch buys (DescribeVSwitches).',
  'tuning.isSearchable': 'Whether search attributes are written.',
  'readiness.pollMinMs':
    'Shortest pause between two looks for readiness of one account, region and engine.',
  'readiness.pollMaxMs': 'Longest pause between two looks for readiness, where nothing happens.',
  'readiness.windowMs': 'Longest stay of one waiting attempt, so that a deploy can move it.',
  'readiness.absentToleratedMs': "How long a new id may be absent from the cloud's list.",
  'guards.slotsPerBatchMax': 'Largest batch that is let in.',
  'guards.prepaidAllowed': 'Whether PrePaid groups are let in; they cannot be given back.',
  'results.folder': 'Where result documents are kept; relative to the working directory.',
  'webhooks.privateNetworks': 'Networks that are not public and whose receivers may be told.',
  'webhooks.timeoutMs': 'Longest time for one try of a webhook.',
  'secrets.envPrefixes': 'Beginnings of the variables that requests may refer to.',
  'secrets.folders': 'Folders whose files requests may refer to.',
  'worker.shutdownGraceMs': 'How long activities may go on after a stop.',
  'worker.shutdownForceMs': 'How long a stop may take at all.',
  'worker.maxCachedWorkflows':
    'Workflows that are kept in memory; 0: each task reads its history anew.',
  'worker.cloudSlots': 'Creates and look-ups at once.',
  'worker.waitSlots': 'Waits for readiness at once.',
  'worker.mainSlots': 'All other activities at once.',
  'health.port': 'Port of `/healthz` and `/readyz`; 0: nowhere.',
  'health.host': 'Address that this port listens on.',
  'log.level': 'What is logged.',
};
