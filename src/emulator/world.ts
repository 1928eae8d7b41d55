import { z } from 'zod';
import { createDefaultClasses, INSTANCE_FAMILIES } from './instance-classes';

const zoneSchema = z.strictObject({
  id: z.string().min(1),
  /** A closed zone takes no new instances: `Zone.Closed`. */
  closed: z.boolean().default(false),
  /** A zone without VPC answers `IzNotSupportVpcError`. */
  vpc: z.boolean().default(true),
});

const vSwitchSchema = z.strictObject({
  id: z.string().min(1),
  vpcId: z.string().min(1),
  zoneId: z.string().min(1),
});

/** Where instances can be: regions with zones, networks, resource groups and classes. */
export const worldSchema = z.strictObject({
  regions: z.array(z.strictObject({ id: z.string().min(1), zones: z.array(zoneSchema) })).min(1),
  vpcs: z.array(z.strictObject({ id: z.string().min(1), regionId: z.string().min(1) })),
  vSwitches: z.array(vSwitchSchema),
  resourceGroups: z.array(z.string().min(1)),
  classes: z.array(
    z.strictObject({
      name: z.string().min(1),
      family: z.enum(INSTANCE_FAMILIES).default('classic'),
      capacityMb: z.number().int().positive(),
      architecture: z.enum(['standard', 'cluster', 'rwsplit']),
      shardCount: z.number().int().positive(),
    }),
  ),
});

/** The geography and the catalogue of the emulated account. */
export type World = z.infer<typeof worldSchema>;

const HANGZHOU_ZONES = ['b', 'g', 'h', 'i', 'j', 'k'];
const SHANGHAI_ZONES = ['b', 'e', 'f', 'g', 'l', 'm'];
const BEIJING_ZONES = ['f', 'h', 'i', 'k'];

/** The world an emulator starts with; docs/emulator.md lists it. */
export function createDefaultWorld(): World {
  return {
    regions: [
      createRegion('cn-hangzhou', HANGZHOU_ZONES),
      createRegion('cn-shanghai', SHANGHAI_ZONES),
      createRegion('cn-beijing', BEIJING_ZONES),
    ],
    vpcs: [
      { id: 'vpc-1', regionId: 'cn-hangzhou' },
      { id: 'vpc-2', regionId: 'cn-shanghai' },
      { id: 'vpc-3', regionId: 'cn-beijing' },
      { id: 'vpc-4', regionId: 'cn-hangzhou' },
    ],
    vSwitches: [
      { id: 'vsw-1', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-h' },
      { id: 'vsw-2', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-i' },
      { id: 'vsw-3', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-j' },
      { id: 'vsw-4', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-k' },
      { id: 'vsw-5', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-g' },
      { id: 'vsw-6', vpcId: 'vpc-1', zoneId: 'cn-hangzhou-b' },
      { id: 'vsw-7', vpcId: 'vpc-2', zoneId: 'cn-shanghai-f' },
      { id: 'vsw-8', vpcId: 'vpc-2', zoneId: 'cn-shanghai-g' },
      { id: 'vsw-9', vpcId: 'vpc-3', zoneId: 'cn-beijing-h' },
      { id: 'vsw-10', vpcId: 'vpc-4', zoneId: 'cn-hangzhou-h' },
    ],
    resourceGroups: ['rg-default', 'rg-1'],
    classes: createDefaultClasses(),
  };
}

function createRegion(id: string, letters: readonly string[]): World['regions'][number] {
  return {
    id,
    zones: letters.map((letter) => ({ id: `${id}-${letter}`, closed: false, vpc: true })),
  };
}
