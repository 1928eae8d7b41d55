import type { BatchRequest, Group, Placement } from '../domain/batch-request';
import { toInstanceTags } from '../domain/follow-up-tags';
import type { ResultDocument, ResultInstance } from '../domain/result';
import { HclExpression, toHclBlock } from './hcl';
import type { HclAttributes } from './hcl';

/**
 * The resource of everything that CreateInstances makes: classic instances
 * (documentation of the provider aliyun/alicloud; CreateInstances page, 2025-03-27).
 */
const RESOURCE = 'alicloud_kvstore_instance';

/** What a batch ordered, and under which installation. */
export interface ExportedBatch {
  readonly request: BatchRequest;
  readonly document: ResultDocument;
  readonly installationId: string;
}

/**
 * Writes import blocks and resources with which Terraform 1.5 or later takes over the ready instances of
 * a batch, piece by piece.
 *
 * @param batch - its request and its final document
 * @param instances - its instances, one by one; what is not ready is left out
 */
export async function* toTerraformPieces(
  batch: ExportedBatch,
  instances: AsyncIterable<ResultInstance>,
): AsyncGenerator<string> {
  yield toText(toHead(batch));
  const isOfManyRegions = listRegions(batch.request).length > 1;
  for await (const instance of instances) {
    const group = batch.request.groups.find(({ name }) => name === instance.group);
    if (instance.state !== 'ready' || group === undefined) continue;
    yield toText(toInstanceLines(instance, { batch, group, isOfManyRegions }));
  }
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function listRegions({ groups }: BatchRequest): readonly string[] {
  return [...new Set(groups.map(({ placements }) => placements[0]!.region))];
}

function toHead({ request, document }: ExportedBatch): string[] {
  const { tenant, batchId, counts } = document;
  const regions = listRegions(request);
  const providers =
    regions.length === 1
      ? [`# The provider "alicloud" has to be configured for the region ${regions[0]}.`]
      : regions.map(
          (region) =>
            `# The provider "alicloud" wants an alias for ${region}: alias = "${toAlias(region)}".`,
        );
  return [
    `# The ${counts.ready} ready instances of the batch ${tenant}/${batchId}, for Terraform 1.5 or later.`,
    '# Before "terraform apply", "terraform plan" must say: 0 to add, 0 to change, 0 to destroy.',
    '# It wants alicloud = { source = "aliyun/alicloud" } among the required_providers.',
    ...providers,
  ];
}

interface InstancePlace {
  readonly batch: ExportedBatch;
  readonly group: Group;
  readonly isOfManyRegions: boolean;
}

function toInstanceLines(instance: ResultInstance, place: InstancePlace): string[] {
  const name = `${instance.group}_${instance.slot}`;
  const placement = findPlacement(instance, place.group);
  const attributes = [
    ...(place.isOfManyRegions ? [toProvider(instance.region)] : []),
    ...toAttributes(instance, placement, place),
  ];
  const ignored = [
    ...(placement === undefined ? ['vswitch_id', 'instance_class'] : []),
    ...(place.group.spec.capacityMb === undefined ? [] : ['instance_class', 'capacity']),
    // An imported instance has none of them, and a difference would be an order for months.
    ...(place.group.spec.chargeType === 'PrePaid' ? ['period', 'auto_renew_period'] : []),
  ];
  const lifecycle = toHclBlock('lifecycle', [
    ['prevent_destroy', true],
    ...toIgnored([...new Set(ignored)]),
  ]);
  return [
    '',
    ...toHclBlock('import', [
      ['to', new HclExpression(`${RESOURCE}.${name}`)],
      ['id', instance.id],
    ]),
    '',
    ...toHclBlock(`resource "${RESOURCE}" "${name}"`, attributes, [lifecycle]),
  ];
}

/**
 * The placement that an instance came to. The result knows its zone; when two placements of a group share
 * one, nobody here knows which of them it was.
 */
function findPlacement({ zone }: ResultInstance, { placements }: Group): Placement | undefined {
  const [only, ...others] = placements.filter((placement) => placement.zone === zone);
  return others.length === 0 ? only : undefined;
}

function toAttributes(
  instance: ResultInstance,
  placement: Placement | undefined,
  { batch, group }: InstancePlace,
): HclAttributes {
  const { spec, followUps } = group;
  const instanceClass = placement && (placement.instanceClass ?? spec.instanceClass);
  const resourceGroupId = followUps?.resourceGroupId ?? spec.resourceGroupId;
  return [
    ['db_instance_name', instance.name],
    ...toGiven('instance_class', instanceClass),
    ['instance_type', spec.engine],
    ['engine_version', spec.engineVersion],
    ['zone_id', instance.zone],
    ...toGiven('vswitch_id', placement?.vSwitchId),
    ...toGiven('resource_group_id', resourceGroupId),
    ['payment_type', spec.chargeType],
    ...(spec.chargeType === 'PrePaid' ? toPrepaid(group) : []),
    ...toGiven('maintain_start_time', followUps?.maintenanceWindow?.start),
    ...toGiven('maintain_end_time', followUps?.maintenanceWindow?.end),
    ...toGiven('instance_release_protection', followUps?.releaseProtection),
    ...toGiven('security_ips', followUps?.securityIps),
    ...toGiven('tags', followUps?.tags && toInstanceTags(followUps.tags, toIdentity(batch))),
  ];
}

/** The provider knows no period of 60 months (its documentation, read 2026-11-24). */
function toPrepaid({ spec }: Group): HclAttributes {
  const { periodMonths = 0, autoRenew } = spec;
  return [
    ...toGiven('period', periodMonths > 36 ? undefined : String(periodMonths)),
    ['auto_renew', autoRenew],
  ];
}

function toIdentity({ request, installationId }: ExportedBatch) {
  return { installationId, tenant: request.tenant, batchId: request.batchId };
}

function toGiven(key: string, value: HclAttributes[number][1] | undefined): HclAttributes {
  return value === undefined ? [] : [[key, value]];
}

function toProvider(region: string): HclAttributes[number] {
  return ['provider', new HclExpression(`alicloud.${toAlias(region)}`)];
}

function toAlias(region: string): string {
  return region.replace(/[^A-Za-z0-9_]/g, '_').replace(/^(?=\d)/, '_');
}

function toIgnored(names: readonly string[]): HclAttributes {
  return names.length === 0 ? [] : [['ignore_changes', new HclExpression(`[${names.join(', ')}]`)]];
}
