/** Types of the `ApplicationFailure`s that activities and workflows throw; stable (docs/errors.md). */
export const FAILURES = {
  /** The batch request is not valid; the workflow fails, nothing was sent. */
  invalidRequest: 'InvalidRequest',
  /** Another request or plan is known under this batch id. */
  planConflict: 'PlanConflict',
  /** The workflow runs under an id that is not the batch's. */
  wrongWorkflowId: 'WrongWorkflowId',
  /** The worker's guards refuse the batch. */
  refusedByGuard: 'RefusedByGuard',
  /** The outcome of a send is unknown; the next attempt looks up first. */
  ambiguousAnswer: 'AmbiguousAnswer',
  /** An operator has halted new creates; nothing was sent, tried again. */
  createsHalted: 'CreatesHalted',
  /** A look at the cloud could not be made; tried again. */
  lookUpFailed: 'LookUpFailed',
  /** The list of runs does not show this run yet. */
  runNotListed: 'RunNotListed',
  /** An operation on an ended batch is not possible as things are; nothing was changed by it. */
  operationRefused: 'OperationRefused',
  /** The cloud could not do a part of an operation just now; tried again. */
  operationDelayed: 'OperationDelayed',
  /** An event was not delivered to its receiver; tried again. */
  notDelivered: 'NotDelivered',
  /** The receiver of an event answered that it takes no more. */
  receiverGone: 'ReceiverGone',
  /** Instances are not ready yet; benign. */
  notReadyYet: 'NotReadyYet',
} as const;

/** One of the failure types. */
export type FailureType = (typeof FAILURES)[keyof typeof FAILURES];
