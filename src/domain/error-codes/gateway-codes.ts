import type { CodeGroup } from './code-group';
import { NEXT_STEPS } from './next-steps';

/** The gateway's codes: any call can meet them (public error codes of the RPC style, 2025). */
export const GATEWAY_CODES: readonly CodeGroup[] = [
  {
    class: 'throttled',
    nextStep: 'Nothing, or lower the call rate: it is sent again when the service allows.',
    isUnexecuted: true,
    codes: {
      Throttling: 'Too many calls.',
      'Throttling.*': 'Too many calls, of the user, the API or another scope.',
      'Rejected.Throttling': 'Too many calls.',
    },
  },
  {
    class: 'transient',
    nextStep: 'Set the clock of this host by NTP if it does not go away by itself.',
    isUnexecuted: true,
    codes: {
      'InvalidTimeStamp.Expired': 'Our clock is more than 15 minutes off, or the call was late.',
      IllegalTimestamp: 'Our clock is off.',
    },
  },
  {
    class: 'transient',
    nextStep: NEXT_STEPS.wait,
    isUnexecuted: true,
    codes: { 'InvalidSecurityToken.Expired': 'The temporary keys ran out; new ones are fetched.' },
  },
  {
    class: 'denied',
    nextStep: NEXT_STEPS.fixPermission,
    codes: {
      SignatureDoesNotMatch: 'The secret does not belong to the key.',
      IncompleteSignature: 'The signature is not complete.',
      InvalidSignatureMethod: 'The signature method is not accepted.',
      'InvalidAccessKeyId.NotFound': 'The key does not exist.',
      'InvalidAccessKeyId.Inactive': 'The key is disabled.',
      'Forbidden.AccessKeyDisabled': 'The key is disabled.',
      'InvalidSecurityToken.Malformed': 'The temporary keys are broken.',
      'InvalidSecurityToken.MismatchWithAccessKey': 'Temporary key and its token do not match.',
      MissingSecurityToken: 'The key is a temporary one and its token is missing.',
      'Forbidden.RAM': 'A RAM policy does not allow the action.',
      NoPermission: 'A RAM policy does not allow the action.',
      ActionUnauthorized: 'A RAM policy does not allow the action.',
      'Forbbiden.SubUser': 'RAM users may not do this.',
      'Forbedden.NotSupportRAM': 'RAM users may not do this.',
      'ServiceAccount.NoPermission': 'The service account may not do this.',
    },
  },
  {
    class: 'invalid',
    nextStep: 'Check the endpoint of the account; if it is right, report it with the request id.',
    codes: {
      'InvalidAction.NotFound': 'The endpoint does not know the action.',
      'InvalidApi.NotFound': 'The endpoint does not know the action.',
      InvalidAction: 'The endpoint does not know the action.',
      'InvalidProduct.NotFound': 'The endpoint is of another product.',
      InvalidVersion: 'The endpoint does not know the version.',
      NoSuchVersion: 'The endpoint does not know the version.',
      'InvalidProtocol.NeedSsl': 'The endpoint demands HTTPS.',
      UnsupportedHTTPMethod: 'The endpoint does not take POST.',
      InvalidOwnerId: 'A parameter was sent that we never send.',
      InvalidOwnerAccount: 'A parameter was sent that we never send.',
    },
  },
  {
    class: 'invalid',
    nextStep: NEXT_STEPS.fixSpec,
    codes: {
      'Missing*': 'A parameter is missing; the code names it.',
      '*.Malformed': 'A value is not valid; the code names its parameter.',
      '*.Format': 'A value is not valid; the code names its parameter.',
      InvalidParameter: 'A value is not valid.',
      'InvalidParameter.*': 'A value is not valid; the code names its parameter.',
      UnsupportedParameter: 'A parameter is not supported.',
      InvalidParam: 'A value is not valid.',
      'RequiredParam.NotFound': 'A parameter is missing.',
    },
  },
];
