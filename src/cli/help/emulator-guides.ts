import type { CommandGuide } from './command-guide';

const EXITS = '69 no emulator answers, 77 it is closed to other machines';
const CHANGE_EXITS = `65 what was asked is invalid, ${EXITS}`;
const CREATION = '--action CreateInstances';

/** Of the commands about the emulator. */
export const EMULATOR_GUIDES: Readonly<Record<string, CommandGuide>> = {
  emulator: {
    examples: [
      ['emulator --port 8900', 'where the other commands look for it'],
      ['emulator stats', 'what it has counted'],
    ],
    exits: '0 told to stop, 1 it could not start',
  },
  'emulator start': {
    examples: [
      ['emulator start --port 8900', 'where the other commands look for it'],
      ['emulator start --port 8900 --config emulator.yaml', 'with settings, accounts and faults'],
      ['emulator start --tls-ca-file ca.pem', 'with HTTPS, for clients that want it'],
    ],
    exits: '0 told to stop, 1 it could not start',
  },
  'emulator stats': {
    examples: [
      ['emulator stats', 'of "tairfleet up", or of port 8900'],
      ['emulator stats --url http://127.0.0.1:8799 --json', 'of another one, for a script'],
    ],
    exits: EXITS,
  },
  'emulator instances': {
    examples: [
      ['emulator instances --state creating', 'what is not ready yet'],
      ['emulator instances --find web- -o csv', 'by a part of the name, for a table'],
    ],
    exits: EXITS,
  },
  'emulator log': {
    examples: [
      ['emulator log --action CreateInstances --last 20', 'the latest creations'],
      ['emulator log --code Throttling.User', 'what was throttled'],
      ['emulator log --follow', 'each call as it is answered'],
    ],
    exits: `${EXITS}, 130 Ctrl-C`,
  },
  'emulator accounts': {
    examples: [['emulator accounts', 'how much of its quota each has used']],
    exits: EXITS,
  },
  'emulator config': {
    examples: [
      ['emulator config', 'a line for each setting'],
      ['emulator config set quota=500', 'until "config restore quota"'],
    ],
    exits: EXITS,
  },
  'emulator config show': {
    examples: [
      ['emulator config show', 'a line for each setting'],
      ['emulator config show stock rateLimits.CreateInstances', 'these in full, as YAML'],
    ],
    exits: EXITS,
  },
  'emulator config set': {
    examples: [
      ['emulator config set quota=500 readyTimeMs=2000', 'two settings'],
      ['emulator config set quotaByAccount.1000000000000001=50', 'one member of a setting'],
      ['emulator config set \'stock={cn-hangzhou-h: {"*": 3}}\'', 'only three left in a zone'],
      ['emulator config set --file settings.yaml', 'any part of the config'],
    ],
    exits: CHANGE_EXITS,
  },
  'emulator config restore': {
    examples: [
      ['emulator config restore quota stock', 'as it was started'],
      ['emulator config restore', 'all of them'],
    ],
    exits: CHANGE_EXITS,
  },
  'emulator faults': {
    examples: [
      ['emulator faults', 'the rules, and how often each has fired'],
      [`emulator faults add ${CREATION} --kind drop --when after`, 'answers that get lost'],
    ],
    exits: EXITS,
  },
  'emulator faults list': {
    examples: [['emulator faults list -o wide', 'and since when each is in force']],
    exits: EXITS,
  },
  'emulator faults add': {
    examples: [
      [
        `emulator faults add ${CREATION} --kind refuse --code Throttling --count 5`,
        'five creations are throttled',
      ],
      [
        `emulator faults add ${CREATION} --kind drop --when after --probability 0.2`,
        'a fifth executes, and its answer is lost',
      ],
      [
        'emulator faults add --kind status --status 503 --from 10s --until 1m',
        'nothing works for 50 seconds, in 10 seconds',
      ],
      ['emulator faults add --file faults.yaml', 'a list of rules'],
    ],
    exits: CHANGE_EXITS,
  },
  'emulator faults clear': {
    examples: [['emulator faults clear', 'from now on all goes well']],
    exits: EXITS,
  },
  'emulator reset': {
    examples: [
      ['emulator reset', 'asks first'],
      ['emulator reset --yes', 'for a script'],
    ],
    exits: '69 no emulator answers, 77 nobody confirmed it',
  },
};
