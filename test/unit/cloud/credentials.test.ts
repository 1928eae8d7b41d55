import { createChainCredentials, createEnvCredentials } from '../../../src/cloud/credentials';

const NAMES = { accessKeyIdEnv: 'ID', accessKeySecretEnv: 'SECRET', securityTokenEnv: 'TOKEN' };

describe('keys from the environment', () => {
  it('are read when they are needed, so that rotated keys work', async () => {
    const env: Record<string, string> = { ID: 'a', SECRET: 'b' };
    const source = createEnvCredentials(NAMES, env);
    expect(await source.resolve()).toEqual({ accessKeyId: 'a', accessKeySecret: 'b' });
    env['SECRET'] = 'c\n';
    env['TOKEN'] = 't';
    expect(await source.resolve()).toEqual({
      accessKeyId: 'a',
      accessKeySecret: 'c',
      securityToken: 't',
    });
  });

  it.each([[{}], [{ ID: 'a' }], [{ SECRET: 'b' }], [{ ID: 'a', SECRET: '  ' }]])(
    'are none when %j lacks a part',
    async (env) => {
      expect(await createEnvCredentials(NAMES, env).resolve()).toBeNull();
    },
  );
});

describe('keys from the chain', () => {
  it('come from one provider, which keeps its cache', async () => {
    const createProvider = jest.fn(() => ({
      getCredentials: async () => ({ accessKeyId: 'a', accessKeySecret: 'b', securityToken: '' }),
    }));
    const source = createChainCredentials(createProvider);
    await source.resolve();
    expect(await source.resolve()).toEqual({ accessKeyId: 'a', accessKeySecret: 'b' });
    expect(createProvider).toHaveBeenCalledTimes(1);
  });

  it('are looked for along the whole chain again after a failure', async () => {
    let providers = 0;
    const source = createChainCredentials(() => {
      providers += 1;
      const isBroken = providers === 1;
      return {
        getCredentials: async () => {
          if (isBroken) throw new Error('no link of the chain');
          return { accessKeyId: 'a', accessKeySecret: 'b' };
        },
      };
    });
    await expect(source.resolve()).rejects.toThrow('no link of the chain');
    expect(await source.resolve()).toEqual({ accessKeyId: 'a', accessKeySecret: 'b' });
  });
});
