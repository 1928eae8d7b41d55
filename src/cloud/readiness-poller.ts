import { ReadinessChannel } from './readiness-channel';
import type { ChannelTools } from './readiness-channel';
import type { ReadinessPoller } from './readiness-port';

/** A poller; one serves a whole process, so that everybody's ids share calls. */
export function createReadinessPoller(tools: ChannelTools): ReadinessPoller {
  const channels = new Map<string, ReadinessChannel>();
  return {
    follow(query) {
      const { account, region, engine } = query;
      const key = JSON.stringify([account, region, engine]);
      const channel = channels.get(key) ?? new ReadinessChannel({ account, region, engine }, tools);
      channels.set(key, channel);
      return channel.follow(query);
    },
  };
}
