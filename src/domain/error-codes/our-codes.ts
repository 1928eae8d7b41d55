import { NO_ADDRESSES_CODE } from './no-addresses';
import type { CodeGroup } from './code-group';
import { NEXT_STEPS } from './next-steps';

/** Codes that the service never sends: what we found out ourselves. */
export const OUR_CODES: readonly CodeGroup[] = [
  {
    class: 'ambiguous',
    nextStep: NEXT_STEPS.lookUp,
    isOurs: true,
    codes: {
      timeout: 'No answer in time; the request may have executed.',
      'connection-reset': 'The connection broke; the request may have executed.',
      'bad-answer': 'The answer was not one of the service, or lacked what it must have.',
      'short-answer': 'Fewer ids came back than were asked for.',
      'create-lost': 'The create activity ended without saying what it learned.',
      aborted: 'The work was called off while the call was open.',
      'moving-list': 'The list of instances changed while its pages were read.',
    },
  },
  {
    class: 'transient',
    nextStep: 'Check the network and the endpoint of the account if it lasts.',
    isUnexecuted: true,
    isOurs: true,
    codes: {
      'connection-refused': 'Nobody listens at the endpoint; nothing was sent.',
      unreachable: 'No connection to the endpoint; nothing was sent.',
      'unknown-host': "The endpoint's name is not known; nothing was sent.",
      'credentials-unavailable': 'The keys could not be fetched just now; nothing was sent.',
    },
  },
  {
    class: 'transient',
    nextStep: 'Set the clock of this host by NTP.',
    isUnexecuted: true,
    isOurs: true,
    codes: { 'clock-off': 'Our clock is too far from that of the service; nothing was sent.' },
  },
  {
    class: 'throttled',
    nextStep: NEXT_STEPS.wait,
    isUnexecuted: true,
    isOurs: true,
    codes: {
      'not-sent': 'The turn came too late or the work was called off; nothing was sent.',
      'send-window-over': 'The attempt grew too old to send; nothing more was sent.',
      'attempt-not-awaited':
        'Temporal no longer waits for the attempt, or could not be asked; nothing was sent.',
      'attempt-stopped': 'The attempt was told to stop before it sent.',
    },
  },
  {
    class: 'denied',
    nextStep: "Check the account's keys and endpoint in the worker's configuration.",
    isOurs: true,
    codes: {
      tls: "The endpoint's certificate is not trusted; nothing was sent.",
      'no-credentials': 'The account has no keys; nothing is ever sent unsigned.',
      'unknown-account': 'The worker has no account of this name.',
    },
  },
  {
    class: 'denied',
    nextStep: 'Give the worker the secret that the request names, then press retryFailed.',
    isOurs: true,
    codes: {
      'secret-not-allowed': 'The worker does not let requests read this secret.',
      'secret-missing': 'The worker has no such secret.',
      'secret-unusable': 'The secret is there and cannot be used.',
    },
  },
  {
    class: 'transient',
    nextStep: 'Look in the console what holds the instances, then press retryFailed.',
    isOurs: true,
    codes: { 'still-changing': 'The instance took its parameters and is not Normal again.' },
  },
  {
    class: 'transient',
    nextStep: NEXT_STEPS.letProbeIn,
    isOurs: true,
    codes: {
      'ping-no-address': 'The instance shows no address to ask.',
      'ping-timeout': 'The instance did not answer a PING in time.',
      'ping-refused': 'The instance refuses connections.',
      'ping-unreachable': 'The instance could not be reached, or broke the connection.',
      'ping-unknown-host': "The name of the instance's address is not known.",
      'ping-denied': 'The instance does not take the password.',
      'ping-bad-answer': 'The instance answers, and not with PONG.',
    },
  },
  {
    class: 'invalid',
    nextStep: NEXT_STEPS.letProbeIn,
    isOurs: true,
    codes: { 'ping-tls': 'The instance speaks no TLS that the worker trusts.' },
  },
  {
    class: 'invalid',
    nextStep: NEXT_STEPS.fixSpec,
    isOurs: true,
    codes: { unsendable: 'A value holds text that cannot be encoded; nothing was sent.' },
  },
  {
    class: 'invalid',
    nextStep:
      'Wait until the price falls or can be asked, then press retryFailed, which asks again; or cancel, and submit the group with another maxPrice under a new batch id.',
    isOurs: true,
    codes: {
      'price-above-cap': 'Every placement costs more than the request lets it; nothing was sent.',
      'price-unknown':
        'The price of a placement under a cap is not known, so nothing was sent to it.',
    },
  },
  {
    class: 'capacity',
    nextStep:
      'Nothing, or add placements or free addresses: the next placement is tried, then it waits.',
    isOurs: true,
    codes: {
      [NO_ADDRESSES_CODE]:
        'The vSwitch has no free addresses left for the batch by our count; nothing was sent.',
    },
  },
  {
    class: 'foreign',
    nextStep: 'Look at the instance: rename or release it, then press retryFailed.',
    isOurs: true,
    codes: {
      'foreign-instance': 'An instance with our name fits no slot.',
    },
  },
  {
    class: 'awaitingPayment',
    nextStep: 'Pay or cancel the order in the console, then press retryFailed.',
    isOurs: true,
    codes: { 'awaiting-payment': 'The order is placed and unpaid; it has no instances yet.' },
  },
  {
    class: 'notSent',
    nextStep: 'Nothing: it goes on within about a minute of `tairfleet unhalt`.',
    isOurs: true,
    codes: {
      halted:
        'New creates are halted, or the worker could not ask whether they are; nothing was sent.',
    },
  },
  {
    class: 'spent',
    nextStep: 'Nothing: the next token is used.',
    isOurs: true,
    codes: { 'token-spent': 'An earlier run used the token.' },
  },
  {
    class: 'conflict',
    nextStep: 'Submit the plan as it was first, or use a new batch id.',
    isOurs: true,
    codes: { 'plan-conflict': 'The batch id is known with another request or plan.' },
  },
  {
    class: 'unknown',
    nextStep: 'Look for its instances by name, then press retryFailed.',
    isOurs: true,
    codes: {
      unresolved: 'Every look found nothing and every send ended without an answer.',
      'control-failed': "The search by name did not find exactly the first chunk's instances.",
    },
  },
  {
    class: 'unknown',
    nextStep: 'Nothing: the batch has ended. Retry it for what is missing.',
    isOurs: true,
    codes: {
      'batch-deadline': 'The deadline of the batch passed before this chunk was bought.',
      'batch-rejected': 'The batch needed an approval, and got none.',
      'batch-cancelled': 'Somebody cancelled the batch before this chunk was bought.',
    },
  },
  {
    class: 'invalid',
    nextStep: "Change the request, or have the worker's guards changed.",
    isOurs: true,
    codes: {
      'too-many-slots': 'The batch asks for more instances than the worker lets in.',
      'prepaid-not-allowed': 'PrePaid groups are off in this installation.',
    },
  },
  {
    class: 'invalid',
    nextStep:
      "Release a batch of the tenant, or have the worker's guards changed; then retry the batch.",
    isOurs: true,
    codes: {
      'tenant-cap-reached':
        'The tenant would have more instances than the worker lets it; nothing was sent.',
      'tenant-spend-reached':
        'The instances of the tenant would cost more than the worker lets it spend; nothing was sent.',
    },
  },
  {
    class: 'invalid',
    nextStep:
      'Have the price made known as the message says, or the cap of the tenant taken away; then retry the batch.',
    isOurs: true,
    codes: {
      'tenant-spend-unknown':
        'The tenant has a cap on what it may spend, and a price is not known; nothing was sent.',
    },
  },
  {
    class: 'invalid',
    nextStep: 'Submit the request under a new batch id.',
    isOurs: true,
    codes: {
      'batch-released': 'The instances of the batch were released.',
      'release-running': 'The instances of the batch are being released.',
    },
  },
  {
    class: 'denied',
    nextStep: "Name another account in the request, or have the worker's table of tenants changed.",
    isOurs: true,
    codes: {
      'account-not-allowed': 'The tenant may not order from the account.',
    },
  },
];
