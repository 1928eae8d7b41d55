import { z } from 'zod';

/** The keys an emulator accepts. Fixed at start, and never shown by the control API. */
export const accountsSchema = z
  .array(
    z.strictObject({
      accessKeyId: z.string().min(1),
      accessKeySecret: z.string().min(1),
      accountId: z.string().min(1),
      /** Makes it a temporary key: calls must carry this token. */
      securityToken: z.string().min(1).optional(),
      /** When a temporary key ends; ISO 8601, of the wall clock. */
      expiresAt: z.iso.datetime().optional(),
      /** A disabled key is known, and refused. */
      isActive: z.boolean().default(true),
      /** The name of the RAM user it belongs to, or of the role when it is a temporary key. */
      principal: z.string().min(1).optional(),
    }),
  )
  .min(1);

/** One key pair and the main account it belongs to. */
export type Account = z.infer<typeof accountsSchema>[number];

/** The public test key: the pair of the signature's published examples. */
export const DEFAULT_ACCOUNTS: readonly Account[] = [
  {
    accessKeyId: 'testid',
    accessKeySecret: 'testsecret',
    accountId: '1000000000000001',
    isActive: true,
  },
];
