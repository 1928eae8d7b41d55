/** What a person can do, where several groups of codes share it. */
export const NEXT_STEPS = {
  fixSpec: 'Correct the group in the request and submit it under a new batch id.',
  fixPermission:
    "Let the account's owner correct the keys or their policy, then press retryFailed.",
  fixAccount: "Let the account's owner settle it in the console, then press retryFailed.",
  wait: 'Nothing: it is tried again by itself.',
  lookUp: 'Nothing: it is looked up before anything is sent again.',
  raiseQuota:
    'Ask the cloud for more quota or release instances; it goes on by itself, or press retryFailed.',
  otherPlace: 'Nothing, or add placements: the next placement is tried, then it waits.',
  checkSource:
    'Look at the source, its backup sets and the recycle bin in the console, then press retryFailed; other ids need a new batch id.',
  letProbeIn:
    'Connect from the host of a worker: network, whitelist and password must let it in. Then press retryFailed.',
  report: 'Report it with the request id: no call of ours should be answered like this.',
} as const;
