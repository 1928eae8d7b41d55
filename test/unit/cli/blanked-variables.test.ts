import { toBlankedVariables } from '../../../src/cli/stack/blanked-variables';

test('The worker of a local stack gets no setting of its environment, but the secrets for requests.', () => {
  const env = {
    PATH: '/bin',
    TAIRFLEET_CLOUD_ENDPOINT: 'https://r-kvstore.aliyuncs.com',
    TAIRFLEET_SECRETS_ENV_PREFIXES: '["AWS_"]',
    TAIRFLEET_SECRET_SESSIONS: 'Example-1234',
    TEMPORAL_API_KEY: 'key',
  };
  expect(toBlankedVariables(env, ['TAIRFLEET_'])).toEqual({
    TAIRFLEET_CLOUD_ENDPOINT: '',
    TAIRFLEET_SECRETS_ENV_PREFIXES: '',
  });
  expect(toBlankedVariables(env, ['TEMPORAL_'])).toEqual({ TEMPORAL_API_KEY: '' });
});
